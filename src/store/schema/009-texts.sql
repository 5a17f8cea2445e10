-- Text messages to candidates. Ids are never used twice: a window may hold one. `sending` that nobody sends any
-- more, because the program was killed, becomes `unknown`. `told`: it counts as handed over on the recruiter's word.
CREATE TABLE texts (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  candidate_id INTEGER NOT NULL,
  number       TEXT NOT NULL,
  own_number   TEXT NOT NULL,
  body         TEXT NOT NULL,
  state        TEXT NOT NULL,
  told         INTEGER NOT NULL,
  reference    TEXT,
  error        TEXT,
  created_at   INTEGER NOT NULL,
  sent_at      INTEGER NOT NULL,
  revision     INTEGER NOT NULL
);
CREATE INDEX texts_by_candidate ON texts (candidate_id);
CREATE INDEX texts_sending ON texts (id) WHERE state = 'sending';

-- Who asked not to get texts.
CREATE TABLE opt_outs (
  e164  TEXT PRIMARY KEY NOT NULL,
  since INTEGER NOT NULL
) WITHOUT ROWID;
