-- Intended destination on record by January of Year 11
WITH windows (stage, opens_0, closes_0, due_0, late_0) AS (
  VALUES (-1, CAST(NULL AS DATE), CAST(NULL AS DATE), CAST(NULL AS DATE), CAST(NULL AS DATE)),
    (20260700, DATE '2030-09-01', DATE '2031-01-31', DATE '2031-01-31', DATE '2030-10-01'),
    (20260800, DATE '2029-09-01', DATE '2030-01-31', DATE '2030-01-31', DATE '2029-10-01'),
    (20260900, DATE '2028-09-01', DATE '2029-01-31', DATE '2029-01-31', DATE '2028-10-01'),
    (20261000, DATE '2027-09-01', DATE '2028-01-31', DATE '2028-01-31', DATE '2027-10-01'),
    (20261100, DATE '2026-09-01', DATE '2027-01-31', DATE '2027-01-31', DATE '2026-10-01'),
    (20261200, DATE '2025-09-01', DATE '2026-01-31', DATE '2026-01-31', DATE '2025-10-01'),
    (20261300, DATE '2024-09-01', DATE '2025-01-31', DATE '2025-01-31', DATE '2024-10-01')),
people AS MATERIALIZED (
  SELECT p.*, w.stage IS NOT NULL AS placed, w.opens_0 AS opens_0, w.closes_0 AS closes_0, w.due_0 AS due_0, w.late_0 AS late_0
  FROM (SELECT school, pupil, in_benchmark_cohort, on_roll, setting, academic_year, year_group, repeated_year, joined_on, subjects, CAST(ROW_NUMBER() OVER () AS INTEGER) AS place, CAST(academic_year AS INTEGER) * 10000 + CAST(year_group AS INTEGER) * 100 + repeated_year AS stage FROM (SELECT * FROM pupils) lent) p
  LEFT JOIN windows w ON w.stage = p.stage),
judged AS (
  SELECT school, pupil, date, date <= DATE '2026-11-22' AS past,
    (CASE type WHEN 'guidance_meeting' THEN COALESCE(CAST((((records_intention))) AS BIGINT) * 3, 2) WHEN 'review' THEN COALESCE(CAST((((records_intention))) AS BIGINT) * 3, 2) WHEN 'survey' THEN COALESCE(CAST((((records_intention))) AS BIGINT) * 3, 2) ELSE 0 END) & (CASE WHEN date <= DATE '2026-11-22' THEN CASE status WHEN 'attended' THEN 3 WHEN 'booked' THEN 2 ELSE 0 END WHEN status IN ('attended', 'booked') THEN 1 ELSE 0 END) AS judged_0
  FROM (SELECT * FROM encounters) lent),
marked AS (
  SELECT p.place, e.past,
    e.judged_0 & (CASE WHEN e.date BETWEEN p.opens_0 AND p.closes_0 AND (e.past OR e.date <= p.due_0) THEN 3 ELSE 0 END) AS marks_0
  FROM judged e JOIN people p ON e.school = p.school AND e.pupil = p.pupil AND p.placed),
counted AS (
  SELECT place,
    BIT_OR(CASE WHEN m.past THEN m.marks_0 ELSE 0 END) AS past_0,
    BIT_OR(m.marks_0) AS either_0,
    COUNT(CASE WHEN m.past AND m.marks_0 & 1 <> 0 THEN 1 END) AS sure_0,
    COUNT(CASE WHEN m.past AND m.marks_0 & 2 <> 0 THEN 1 END) AS possible_0,
    COUNT(CASE WHEN NOT m.past AND m.marks_0 & 1 <> 0 THEN 1 END) AS ahead_0
  FROM marked m GROUP BY place),
stood AS (
  SELECT p.*,
    (on_roll AND ((setting IN ('school', 'special')) AND ((year_group IN (11, 12, 13, 14)) AND in_benchmark_cohort))) AS applies_0,
    1 AS needed_0,
    COALESCE(c.sure_0, 0) AS count_0,
    COALESCE(c.possible_0, 0) AS hoped_0,
    (COALESCE(c.sure_0, 0) + COALESCE(c.ahead_0, 0)) AS expected_0
  FROM people p LEFT JOIN counted c ON c.place = p.place)
SELECT school, pupil,
  CASE WHEN NOT applies_0 THEN 0 WHEN applies_0 IS NULL THEN 1 WHEN (stage IS NULL OR opens_0 IS NULL OR closes_0 IS NULL OR due_0 IS NULL) THEN 2 WHEN needed_0 = 0 THEN 4 WHEN count_0 >= needed_0 THEN 5 WHEN expected_0 >= needed_0 AND due_0 >= DATE '2026-11-22' THEN 7 WHEN hoped_0 >= needed_0 THEN 8 WHEN due_0 >= DATE '2026-11-22' THEN 9 WHEN joined_on > late_0 THEN 10 WHEN TRUE THEN 11 END AS rung_0, count_0, needed_0, due_0 AS due_of_0
FROM stood
