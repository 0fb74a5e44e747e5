-- A programme that is led and backed
WITH windows (stage, opens_0, closes_0, due_0, late_0) AS (
  VALUES (-1, CAST(NULL AS DATE), CAST(NULL AS DATE), CAST(NULL AS DATE), CAST(NULL AS DATE)),
    (20260000, DATE '1900-01-01', DATE '2027-08-31', DATE '2027-07-31', DATE '1900-01-31')),
people AS (
  SELECT p.*, w.stage IS NOT NULL AS placed, w.opens_0 AS opens_0, w.closes_0 AS closes_0, w.due_0 AS due_0, w.late_0 AS late_0
  FROM (SELECT school, setting, academic_year, year_group, repeated_year, joined_on, subjects, STRUCT(school) AS place, CAST(academic_year AS INTEGER) * 10000 + CAST(year_group AS INTEGER) * 100 + repeated_year AS stage FROM (SELECT * FROM schools) lent) p
  LEFT JOIN windows w ON w.stage = p.stage),
judged AS (
  SELECT school, date, date <= DATE '2026-11-22' AS past,
    (CASE type WHEN 'careers_leader_named' THEN 3 WHEN 'careers_leader_trained' THEN 12 WHEN 'programme_backed' THEN COALESCE(CAST(((((contains(parties, '|governors|'))))) AS BIGINT) * 48, 32) | COALESCE(CAST(((((contains(parties, '|headteacher|'))))) AS BIGINT) * 192, 128) | COALESCE(CAST(((((contains(parties, '|senior_leaders|'))))) AS BIGINT) * 768, 512) ELSE 0 END) & (CASE WHEN date <= DATE '2026-11-22' THEN CASE status WHEN 'attended' THEN 1023 WHEN 'booked' THEN 682 ELSE 0 END WHEN status IN ('attended', 'booked') THEN 341 ELSE 0 END) AS judged_0
  FROM (SELECT * FROM milestones) lent),
marked AS (
  SELECT p.place, e.past,
    e.judged_0 & (CASE WHEN e.date BETWEEN p.opens_0 AND p.closes_0 AND (e.past OR e.date <= p.due_0) THEN 1023 ELSE 0 END) AS marks_0
  FROM judged e JOIN people p ON e.school = p.school AND p.placed),
counted AS (
  SELECT place,
    BIT_OR(CASE WHEN m.past THEN m.marks_0 ELSE 0 END) AS past_0,
    BIT_OR(m.marks_0) AS either_0
  FROM marked m GROUP BY place),
stood AS (
  SELECT p.*,
    ((setting IN ('college', 'itp')) AND (setting IN ('college', 'itp'))) AS applies_0,
    5 AS needed_0,
    (CASE WHEN (COALESCE(c.past_0, 0) & 1) <> 0 THEN 1 ELSE 0 END + CASE WHEN (COALESCE(c.past_0, 0) & 4) <> 0 THEN 1 ELSE 0 END + CASE WHEN (COALESCE(c.past_0, 0) & 16) <> 0 THEN 1 ELSE 0 END + CASE WHEN (COALESCE(c.past_0, 0) & 64) <> 0 THEN 1 ELSE 0 END + CASE WHEN (COALESCE(c.past_0, 0) & 256) <> 0 THEN 1 ELSE 0 END) AS count_0,
    (CASE WHEN (COALESCE(c.past_0, 0) & 2) <> 0 THEN 1 ELSE 0 END + CASE WHEN (COALESCE(c.past_0, 0) & 8) <> 0 THEN 1 ELSE 0 END + CASE WHEN (COALESCE(c.past_0, 0) & 32) <> 0 THEN 1 ELSE 0 END + CASE WHEN (COALESCE(c.past_0, 0) & 128) <> 0 THEN 1 ELSE 0 END + CASE WHEN (COALESCE(c.past_0, 0) & 512) <> 0 THEN 1 ELSE 0 END) AS hoped_0,
    (CASE WHEN (COALESCE(c.either_0, 0) & 1) <> 0 THEN 1 ELSE 0 END + CASE WHEN (COALESCE(c.either_0, 0) & 4) <> 0 THEN 1 ELSE 0 END + CASE WHEN (COALESCE(c.either_0, 0) & 16) <> 0 THEN 1 ELSE 0 END + CASE WHEN (COALESCE(c.either_0, 0) & 64) <> 0 THEN 1 ELSE 0 END + CASE WHEN (COALESCE(c.either_0, 0) & 256) <> 0 THEN 1 ELSE 0 END) AS expected_0
  FROM people p LEFT JOIN counted c ON c.place = p.place)
SELECT school,
  CASE WHEN NOT applies_0 THEN 0 WHEN applies_0 IS NULL THEN 1 WHEN (stage IS NULL OR opens_0 IS NULL OR closes_0 IS NULL OR due_0 IS NULL) THEN 2 WHEN needed_0 = 0 THEN 4 WHEN count_0 >= needed_0 THEN 5 WHEN expected_0 >= needed_0 AND due_0 >= DATE '2026-11-22' THEN 7 WHEN hoped_0 >= needed_0 THEN 8 WHEN due_0 >= DATE '2026-11-22' THEN 9 WHEN joined_on > late_0 THEN 10 WHEN TRUE THEN 11 END AS rung_0, count_0, needed_0, due_0 AS due_of_0
FROM stood
