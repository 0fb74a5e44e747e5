-- Careers and labour market information used during the programme
WITH pupils AS MATERIALIZED (
  SELECT * FROM (SELECT pupil, subjects, programme_ends_on, programme_starts_on, academic_year * 10000 + year_group * 100 + repeated_year AS stage
    FROM (SELECT column1 AS pupil, column2 AS academic_year, column3 AS year_group, column4 AS repeated_year, column5 AS subjects, CAST(column6 AS DATE) AS programme_ends_on, CAST(column7 AS DATE) AS programme_starts_on FROM (VALUES (7, 2026, 7, 0, NULL, NULL, NULL), (8, 2026, 8, 0, NULL, NULL, NULL), (9, 2026, 9, 0, NULL, NULL, NULL), (10, 2026, 10, 0, NULL, NULL, NULL), (11, 2026, 11, 0, NULL, NULL, NULL), (12, 2026, 12, 0, NULL, NULL, NULL), (13, 2026, 13, 0, NULL, NULL, NULL)) known) lent) staged
  WHERE stage IN (20261200, 20261300)),
occasions AS MATERIALIZED (
  SELECT a.id AS occasion, a.starts_on AS date, a.information_used, a.informed_choice, NULLIF(a.type, '') AS type
  FROM programme_activity a
  WHERE a.school_id = 1 AND (a.starts_on IS NOT NULL AND a.status IN ('planned', 'delivered'))),
attendances AS (SELECT pupil_id AS pupil, activity_id AS occasion, status FROM encounters_encounter WHERE school_id = 1),
windows (stage, criterion, opens, closes, due) AS (
  VALUES (20261200, 0, DATE '1900-01-01', DATE '9999-12-31', DATE '9999-12-31'),
    (20261300, 0, DATE '1900-01-01', DATE '9999-12-31', DATE '9999-12-31')),
qualifying AS MATERIALIZED (
  SELECT occasion, date, 0 AS criterion, CAST(NULL AS TEXT) AS part,
    1 AS weight, 0 AS base,
    CASE WHEN ((type = 'lmi_use') AND (information_used = TRUE) AND (informed_choice = TRUE)) THEN 1 END AS counts, 0 AS of_which
  FROM occasions WHERE date BETWEEN DATE '1900-01-01' AND DATE '9999-12-31' AND ((type = 'lmi_use') AND (information_used = TRUE) AND (informed_choice = TRUE)) IS NOT FALSE),
met AS (
  SELECT p.pupil, q.criterion, q.part, q.weight, q.of_which, 0 AS base,
    CASE WHEN q.date > DATE '2026-11-22'
           THEN CASE WHEN q.counts = 1 AND (a.status IN ('attended', 'booked')) AND q.date <= w.due AND CASE q.criterion WHEN 0 THEN q.date <= p.programme_ends_on ELSE 1 = 1 END THEN 3 END
         WHEN q.counts = 1 AND (a.status = 'attended') THEN 1 WHEN (a.status IN ('attended', 'booked')) THEN 2 END AS how
  FROM pupils p
  JOIN attendances a ON a.pupil = p.pupil
  JOIN qualifying q ON q.occasion = a.occasion
  JOIN windows w ON w.stage = p.stage AND w.criterion = q.criterion AND q.date BETWEEN w.opens AND w.closes
  WHERE CASE q.criterion WHEN 0 THEN q.date >= p.programme_starts_on AND q.date <= p.programme_ends_on ELSE 1 = 1 END)
SELECT pupil, criterion,
  0 AS base,
  SUM(CASE WHEN how = 1 THEN weight ELSE 0 END) AS sure,
  SUM(CASE WHEN how < 3 THEN weight ELSE 0 END) AS possible,
  SUM(CASE WHEN how IN (1, 3) THEN weight ELSE 0 END) AS expected,
  0 AS sure_of,
  0 AS possible_of,
  0 AS expected_of
FROM met WHERE how IS NOT NULL
GROUP BY pupil, criterion
