-- Meaningful experiences of workplaces by 16
WITH pupils AS MATERIALIZED (
  SELECT * FROM (SELECT pupil, subjects, academic_year * 10000 + year_group * 100 + repeated_year AS stage
    FROM (
  SELECT p.id AS pupil, held.latest / 100 AS academic_year, held.latest % 100 AS year_group, held.repeated_year, studied.subjects
  FROM pupils_pupil p
  JOIN (SELECT pupil_id, MAX(academic_year * 100 + year_group) AS latest,
               MAX(CASE WHEN year_group = year_before THEN year_group ELSE 0 END) AS repeated_year FROM
          (SELECT pupil_id, academic_year, year_group,
                  LAG(year_group) OVER (PARTITION BY pupil_id ORDER BY academic_year) AS year_before
           FROM pupils_yearheld WHERE school_id = 1 AND academic_year <= 2026) years
        GROUP BY pupil_id) held ON held.pupil_id = p.id
  LEFT JOIN (SELECT pupil_id, '|' || group_concat(subject, '|') || '|' AS subjects FROM
               (SELECT DISTINCT m.pupil_id, g.subject FROM pupils_groupmembership m JOIN pupils_group g ON g.id = m.group_id
                WHERE m.school_id = 1 AND g.kind = 'class' AND g.academic_year = 2026 AND g.subject <> ''
                  AND (m.ends_on IS NULL OR m.ends_on >= '2026-11-22') ORDER BY 1, 2) own
             GROUP BY pupil_id) studied ON studied.pupil_id = p.id
  WHERE p.school_id = 1 AND (p.left_on IS NULL OR p.left_on >= '2022-09-01')) lent) staged
  WHERE stage IN (20260700, 20260800, 20260900, 20261000, 20261100, 20261200, 20261300)),
occasions AS MATERIALIZED (
  SELECT a.id AS occasion, a.starts_on AS date, a.employer_feedback, a.employer_set_task, a.learning_outcomes_set, a.met_range_of_people, a.purpose_shared_with_partner, a.purpose_shared_with_pupils, a.reflection_after, NULLIF(a.two_way, '') AS two_way, NULLIF(a.type, '') AS type
  FROM programme_activity a
  WHERE a.school_id = 1 AND (a.starts_on IS NOT NULL AND a.status IN ('planned', 'delivered'))),
attendances AS (SELECT pupil_id AS pupil, activity_id AS occasion, status FROM encounters_encounter WHERE school_id = 1),
windows (stage, criterion, opens, closes, due) AS (
  VALUES (20260700, 0, '2026-09-01', '2031-08-31', '2031-07-31'),
    (20260800, 0, '2025-09-01', '2030-08-31', '2030-07-31'),
    (20260900, 0, '2024-09-01', '2029-08-31', '2029-07-31'),
    (20261000, 0, '2023-09-01', '2028-08-31', '2028-07-31'),
    (20261100, 0, '2022-09-01', '2027-08-31', '2027-07-31'),
    (20261200, 0, '2021-09-01', '2026-08-31', '2026-07-31'),
    (20261300, 0, '2020-09-01', '2025-08-31', '2025-07-31')),
qualifying AS MATERIALIZED (
  SELECT occasion, date, 0 AS criterion, CAST(NULL AS TEXT) AS part,
    1 AS weight, 0 AS base,
    CASE WHEN ((type = 'workplace_experience') AND (purpose_shared_with_partner = TRUE) AND (purpose_shared_with_pupils = TRUE) AND (learning_outcomes_set = TRUE) AND (two_way = 'extensive') AND (met_range_of_people = TRUE) AND (employer_set_task = TRUE) AND (employer_feedback = TRUE) AND (reflection_after = TRUE)) THEN 1 END AS counts, 0 AS of_which
  FROM occasions WHERE date BETWEEN '2020-09-01' AND '2031-08-31' AND ((type = 'workplace_experience') AND (purpose_shared_with_partner = TRUE) AND (purpose_shared_with_pupils = TRUE) AND (learning_outcomes_set = TRUE) AND (two_way = 'extensive') AND (met_range_of_people = TRUE) AND (employer_set_task = TRUE) AND (employer_feedback = TRUE) AND (reflection_after = TRUE)) IS NOT FALSE),
met AS (
  SELECT p.pupil, q.criterion, q.part, q.weight, q.of_which, 0 AS base,
    CASE WHEN q.date > '2026-11-22'
           THEN CASE WHEN q.counts = 1 AND (a.status IN ('attended', 'booked')) AND q.date <= w.due THEN 3 END
         WHEN q.counts = 1 AND (a.status = 'attended') THEN 1 WHEN (a.status IN ('attended', 'booked')) THEN 2 END AS how
  FROM pupils p
  CROSS JOIN attendances a ON a.pupil = p.pupil
  CROSS JOIN qualifying q ON q.occasion = a.occasion
  CROSS JOIN windows w ON w.stage = p.stage AND w.criterion = q.criterion AND q.date BETWEEN w.opens AND w.closes)
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
