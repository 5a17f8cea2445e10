-- Each candidate has a number of its own, its place, whose order is the order by last activity (see
-- dial-place.c); 0 until the candidate is indexed.
ALTER TABLE candidates ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
ALTER TABLE candidates ADD COLUMN last_contact_at INTEGER NOT NULL DEFAULT 0;
DROP INDEX candidates_by_activity;

UPDATE candidates SET last_contact_at = max(
  coalesce((SELECT max(started_at) FROM calls WHERE candidate_id = candidates.id
            AND state = 'ended' AND outcome NOT IN ('cancelled', 'failed')), 0),
  coalesce((SELECT max(created_at) FROM notes WHERE candidate_id = candidates.id
            AND type IN ('NOTE', 'EMAIL')), 0))
WHERE id IN (SELECT candidate_id FROM calls UNION SELECT candidate_id FROM notes);
CREATE INDEX candidates_by_contact ON candidates (last_contact_at) WHERE last_contact_at > 0;

CREATE UNIQUE INDEX candidates_by_place ON candidates (place) WHERE place > 0;

-- What a candidate is found by: words of its own and of what it applied for (see dial-terms.h), as the
-- index has them. `wanted` is the place it would have, were it free.
CREATE TABLE candidate_words (
  id     INTEGER PRIMARY KEY,
  wanted INTEGER NOT NULL,
  own    TEXT NOT NULL,
  work   TEXT NOT NULL
);

-- Whom the index does not know as they are now.
CREATE TABLE unindexed (
  id INTEGER PRIMARY KEY
);

-- The numbers of what one can filter by (see dial-filters.h), and how many candidates have it. A number
-- is never used twice.
CREATE TABLE filters (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  kind         TEXT NOT NULL,
  value        TEXT NOT NULL,
  n_candidates INTEGER NOT NULL,
  UNIQUE (kind, value)
);
INSERT INTO filters (number, kind, value, n_candidates) VALUES (0, 'everybody', '', 0);

-- What the writer is to go on with.
CREATE TABLE chores (
  name TEXT PRIMARY KEY NOT NULL
) WITHOUT ROWID;

DROP TRIGGER candidate_texts_insert;
DROP TRIGGER candidate_texts_delete;
DROP TRIGGER candidate_texts_update;
DROP TABLE candidate_search;
DROP TABLE candidate_texts;
DROP INDEX candidate_phones_by_e164;
DROP INDEX applications_by_stage;

-- The index: its rows are places, so that who was active last comes first without sorting. It keeps no
-- texts; dial-indexer.c tells it what to add and what to delete.
CREATE VIRTUAL TABLE candidate_search USING fts5 (
  terms, content = '', columnsize = 0, detail = none, tokenize = 'ascii'
);
INSERT INTO candidate_search (candidate_search, rank) VALUES ('hashsize', 4194304);
INSERT INTO candidate_search (candidate_search, rank) VALUES ('automerge', 12);
INSERT INTO candidate_search (candidate_search, rank) VALUES ('crisismerge', 32);
INSERT INTO candidate_search (candidate_search, rank) VALUES ('usermerge', 2);

-- Its terms in their order, which for names is the order by name.
CREATE VIRTUAL TABLE candidate_terms USING fts5vocab (candidate_search, instance);

INSERT INTO unindexed (id) SELECT id FROM candidates;

-- Searches that have a name; what they ask for is written as in dial-query.c.
CREATE TABLE saved_searches (
  id    INTEGER PRIMARY KEY,
  name  TEXT NOT NULL UNIQUE,
  query TEXT NOT NULL
);
