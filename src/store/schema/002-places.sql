-- Each candidate has a number of its own, its place, whose order is the order by last activity: four
-- numbers a millisecond, so that those of one millisecond stand side by side (see dial-place.c).
ALTER TABLE candidates ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
ALTER TABLE candidates ADD COLUMN last_contact_at INTEGER NOT NULL DEFAULT 0;

UPDATE candidates SET place = numbered.place FROM (
  SELECT id, n + max(wanted - n) OVER (ORDER BY n) AS place FROM (
    SELECT id, wanted, row_number() OVER (ORDER BY wanted, id) AS n FROM (
      SELECT id, CASE WHEN last_activity_at > 0 THEN last_activity_at / 1000 * 4
                      ELSE id % 1099511627776 END AS wanted FROM candidates))
) AS numbered WHERE numbered.id = candidates.id;

UPDATE candidates SET last_contact_at = max(
  coalesce((SELECT max(started_at) FROM calls WHERE candidate_id = candidates.id
            AND state = 'ended' AND outcome NOT IN ('cancelled', 'failed')), 0),
  coalesce((SELECT max(created_at) FROM notes WHERE candidate_id = candidates.id
            AND type IN ('NOTE', 'EMAIL')), 0));

DROP INDEX candidates_by_activity;
CREATE UNIQUE INDEX candidates_by_place ON candidates (place);
CREATE INDEX candidates_by_contact ON candidates (last_contact_at) WHERE last_contact_at > 0;

-- Searches that have a name; what they ask for is written as in dial-query.c.
CREATE TABLE saved_searches (
  id    INTEGER PRIMARY KEY,
  name  TEXT NOT NULL UNIQUE,
  query TEXT NOT NULL
);
