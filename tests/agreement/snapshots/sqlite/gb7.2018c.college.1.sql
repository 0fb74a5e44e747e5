-- A range of providers of what could come next
WITH pupils AS MATERIALIZED (
  SELECT * FROM (SELECT pupil, subjects, programme_ends_on, programme_starts_on, academic_year * 10000 + year_group * 100 + repeated_year AS stage
    FROM (SELECT column1 AS pupil, column2 AS academic_year, column3 AS year_group, column4 AS repeated_year, column5 AS subjects, column6 AS programme_ends_on, column7 AS programme_starts_on FROM (VALUES (7, 2026, 7, 0, NULL, NULL, NULL), (8, 2026, 8, 0, NULL, NULL, NULL), (9, 2026, 9, 0, NULL, NULL, NULL), (10, 2026, 10, 0, NULL, NULL, NULL), (11, 2026, 11, 0, NULL, NULL, NULL), (12, 2026, 12, 0, NULL, NULL, NULL), (13, 2026, 13, 0, NULL, NULL, NULL)) known) lent) staged
  WHERE stage IN (20261200, 20261300)),
occasions AS MATERIALIZED (
  SELECT a.id AS occasion, a.starts_on AS date, a.about_learning_there, a.met_learners, a.met_staff, took.provider_kinds, NULLIF(a.type, '') AS type
  FROM programme_activity a
  LEFT JOIN (
    SELECT activity_id, SUM(CASE WHEN kind = 'employer' THEN 1 ELSE 0 END) AS employers,
      CASE WHEN COUNT(provider_kind) > 0 THEN '|' || group_concat(provider_kind, '|') || '|' WHEN SUM(CASE WHEN kind = 'provider' AND provider_kind IS NULL THEN 1 ELSE 0 END) > 0 THEN NULL ELSE '' END AS provider_kinds,
      CASE WHEN COUNT(eligible) > 0 THEN '|' || group_concat(eligible, '|') || '|' WHEN SUM(CASE WHEN kind = 'provider' AND pal_eligible IS NULL THEN 1 ELSE 0 END) > 0 THEN NULL ELSE '' END AS eligible_providers
    FROM (SELECT ap.activity_id, p.kind, p.pal_eligible, CASE WHEN p.kind = 'provider' THEN NULLIF(p.provider_kind, '') END AS provider_kind, CASE WHEN p.kind = 'provider' AND p.pal_eligible THEN CAST(p.id AS TEXT) END AS eligible
          FROM programme_activitypartner ap JOIN partners_partner p ON p.id = ap.partner_id
          WHERE ap.school_id = 1 ORDER BY ap.activity_id, p.id) named
    GROUP BY activity_id) took ON took.activity_id = a.id
  WHERE a.school_id = 1 AND (a.starts_on IS NOT NULL AND a.status IN ('planned', 'delivered'))),
attendances AS (SELECT pupil_id AS pupil, activity_id AS occasion, status FROM encounters_encounter WHERE school_id = 1),
windows (stage, criterion, opens, closes, due) AS (
  VALUES (20261200, 0, '1900-01-01', '9999-12-31', '9999-12-31'),
    (20261300, 0, '1900-01-01', '9999-12-31', '9999-12-31')),
qualifying AS MATERIALIZED (
  SELECT occasion, date, 0 AS criterion, CAST('college' AS TEXT) AS part,
    1 AS weight, 0 AS base,
    CASE WHEN (((type IN ('provider_encounter', 'careers_event')) AND (about_learning_there = TRUE) AND (met_staff = TRUE) AND (met_learners = TRUE)) AND ((instr(provider_kinds, '|fe_college|') > 0) OR (instr(provider_kinds, '|sixth_form_college|') > 0) OR (instr(provider_kinds, '|specialist_post16|') > 0))) THEN 1 END AS counts, 0 AS of_which
  FROM occasions WHERE date BETWEEN '1900-01-01' AND '9999-12-31' AND (((type IN ('provider_encounter', 'careers_event')) AND (about_learning_there = TRUE) AND (met_staff = TRUE) AND (met_learners = TRUE)) AND ((instr(provider_kinds, '|fe_college|') > 0) OR (instr(provider_kinds, '|sixth_form_college|') > 0) OR (instr(provider_kinds, '|specialist_post16|') > 0))) IS NOT FALSE
  UNION ALL SELECT occasion, date, 0 AS criterion, CAST('university' AS TEXT) AS part,
    1 AS weight, 0 AS base,
    CASE WHEN (((type IN ('provider_encounter', 'careers_event')) AND (about_learning_there = TRUE) AND (met_staff = TRUE) AND (met_learners = TRUE)) AND ((instr(provider_kinds, '|he_provider|') > 0))) THEN 1 END AS counts, 0 AS of_which
  FROM occasions WHERE date BETWEEN '1900-01-01' AND '9999-12-31' AND (((type IN ('provider_encounter', 'careers_event')) AND (about_learning_there = TRUE) AND (met_staff = TRUE) AND (met_learners = TRUE)) AND ((instr(provider_kinds, '|he_provider|') > 0))) IS NOT FALSE
  UNION ALL SELECT occasion, date, 0 AS criterion, CAST('independent training provider' AS TEXT) AS part,
    1 AS weight, 0 AS base,
    CASE WHEN (((type IN ('provider_encounter', 'careers_event')) AND (about_learning_there = TRUE) AND (met_staff = TRUE) AND (met_learners = TRUE)) AND ((instr(provider_kinds, '|itp_apprenticeship|') > 0))) THEN 1 END AS counts, 0 AS of_which
  FROM occasions WHERE date BETWEEN '1900-01-01' AND '9999-12-31' AND (((type IN ('provider_encounter', 'careers_event')) AND (about_learning_there = TRUE) AND (met_staff = TRUE) AND (met_learners = TRUE)) AND ((instr(provider_kinds, '|itp_apprenticeship|') > 0))) IS NOT FALSE),
met AS (
  SELECT p.pupil, q.criterion, q.part, q.weight, q.of_which, 0 AS base,
    CASE WHEN q.date > '2026-11-22'
           THEN CASE WHEN q.counts = 1 AND (a.status IN ('attended', 'booked')) AND q.date <= w.due AND CASE q.criterion WHEN 0 THEN q.date <= p.programme_ends_on ELSE 1 = 1 END THEN 3 END
         WHEN q.counts = 1 AND (a.status = 'attended') THEN 1 WHEN (a.status IN ('attended', 'booked')) THEN 2 END AS how
  FROM pupils p
  CROSS JOIN attendances a ON a.pupil = p.pupil
  CROSS JOIN qualifying q ON q.occasion = a.occasion
  CROSS JOIN windows w ON w.stage = p.stage AND w.criterion = q.criterion AND q.date BETWEEN w.opens AND w.closes
  WHERE CASE q.criterion WHEN 0 THEN q.date >= p.programme_starts_on AND q.date <= p.programme_ends_on ELSE 1 = 1 END)
SELECT pupil, criterion,
  0 AS base,
  SUM(CASE WHEN part IS NULL THEN sure WHEN sure > 0 THEN 1 ELSE 0 END) AS sure,
  SUM(CASE WHEN part IS NULL THEN possible WHEN possible > 0 THEN 1 ELSE 0 END) AS possible,
  SUM(CASE WHEN part IS NULL THEN expected WHEN expected > 0 THEN 1 ELSE 0 END) AS expected,
  0 AS sure_of,
  0 AS possible_of,
  0 AS expected_of
FROM (
SELECT pupil, criterion, part,
  SUM(CASE WHEN how = 1 THEN weight ELSE 0 END) AS sure,
  SUM(CASE WHEN how < 3 THEN weight ELSE 0 END) AS possible,
  SUM(CASE WHEN how IN (1, 3) THEN weight ELSE 0 END) AS expected
FROM met WHERE how IS NOT NULL
GROUP BY pupil, criterion, part) parts
GROUP BY pupil, criterion
