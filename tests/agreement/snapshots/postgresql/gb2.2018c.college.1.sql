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
  FROM occasions WHERE ((type = 'lmi_use') AND (information_used = TRUE) AND (informed_choice = TRUE)) IS NOT FALSE),
within AS MATERIALIZED (
  SELECT q.occasion, w.stage, q.criterion, q.part, q.weight, q.base, q.counts, q.of_which, q.date,
    CASE WHEN 1 = 0 THEN 1 ELSE 0 END AS offered,
    CASE WHEN q.date <= DATE '2026-11-22' THEN 1 WHEN q.date <= w.due AND 1 = 1 THEN 2 ELSE 3 END AS time
  FROM windows w JOIN qualifying q ON q.criterion = w.criterion AND q.date BETWEEN w.opens AND w.closes),
met AS (
  SELECT p.pupil, w.criterion, w.part, w.weight, w.counts, w.of_which,
    CASE WHEN w.time = 1 AND (w.offered = 1 OR a.status = 'attended') THEN 1 ELSE 0 END AS there,
    CASE WHEN w.time = 1 AND (w.offered = 1 OR a.status IN ('attended', 'booked')) THEN 1 ELSE 0 END AS maybe,
    CASE WHEN w.time = 2 AND (w.offered = 1 OR a.status IN ('attended', 'booked')) AND CASE w.criterion WHEN 0 THEN w.date <= p.programme_ends_on ELSE 1 = 1 END THEN 1 ELSE 0 END AS ahead,
    w.base
  FROM pupils p
  JOIN attendances a ON a.pupil = p.pupil
  JOIN within w ON w.occasion = a.occasion AND w.stage = p.stage WHERE CASE w.criterion WHEN 0 THEN w.date >= p.programme_starts_on AND w.date <= p.programme_ends_on ELSE 1 = 1 END)
SELECT pupil, criterion,
  SUM(base * there) AS base,
  SUM(CASE WHEN there = 1 AND counts = 1 THEN weight ELSE 0 END) AS sure,
  SUM(CASE WHEN maybe = 1 AND (counts = 1 OR counts IS NULL) THEN weight ELSE 0 END) AS possible,
  SUM(CASE WHEN (there = 1 OR ahead = 1) AND counts = 1 THEN weight ELSE 0 END) AS expected,
  COUNT(DISTINCT CASE WHEN there = 1 AND counts = 1 THEN part END) AS sure_parts,
  COUNT(DISTINCT CASE WHEN maybe = 1 AND (counts = 1 OR counts IS NULL) THEN part END) AS possible_parts,
  COUNT(DISTINCT CASE WHEN (there = 1 OR ahead = 1) AND counts = 1 THEN part END) AS expected_parts,
  SUM(CASE WHEN there = 1 AND of_which = 1 THEN 1 ELSE 0 END) AS sure_of,
  SUM(CASE WHEN maybe = 1 AND (of_which = 1 OR of_which IS NULL) THEN 1 ELSE 0 END) AS possible_of,
  SUM(CASE WHEN (there = 1 OR ahead = 1) AND of_which = 1 THEN 1 ELSE 0 END) AS expected_of
FROM met WHERE maybe = 1 OR ahead = 1
GROUP BY pupil, criterion
