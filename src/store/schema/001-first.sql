-- What one computer remembers of one Greenhouse integration.
--
-- Instants are microseconds since 1970 in UTC, 0 where nobody knows. Ids are Greenhouse's own.
-- Rows that Greenhouse lists do not refer to one another by foreign keys: pages arrive in any
-- order, and an application may come before its candidate. `seen_run` is the last walk that saw
-- the row; what a whole walk did not see is gone.

CREATE TABLE settings (
  key   TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE sync_positions (
  resource        TEXT PRIMARY KEY NOT NULL,
  next            TEXT,
  run             INTEGER NOT NULL,
  started_at      INTEGER NOT NULL,
  since           INTEGER NOT NULL,
  completed_since INTEGER NOT NULL,
  walking         INTEGER NOT NULL
) WITHOUT ROWID;

-- People. `job` and `stage` are those of the most telling application; the store keeps them right.
-- `digest` is over all that Greenhouse said, so that an unchanged candidate costs one comparison.
CREATE TABLE candidates (
  id               INTEGER PRIMARY KEY,
  first_name       TEXT,
  last_name        TEXT,
  preferred_name   TEXT,
  company          TEXT,
  title            TEXT,
  time_zone        TEXT,
  is_private       INTEGER NOT NULL,
  created_at       INTEGER NOT NULL,
  updated_at       INTEGER NOT NULL,
  last_activity_at INTEGER NOT NULL,
  job              TEXT,
  stage            TEXT,
  digest           BLOB,
  seen_run         INTEGER NOT NULL
);
CREATE INDEX candidates_by_activity ON candidates (last_activity_at DESC, id DESC);

CREATE TABLE candidate_phones (
  candidate_id INTEGER NOT NULL REFERENCES candidates ON DELETE CASCADE,
  position     INTEGER NOT NULL,
  typed        TEXT NOT NULL,
  kind         TEXT,
  e164         TEXT,
  extension    TEXT,
  region       TEXT,
  PRIMARY KEY (candidate_id, position)
) WITHOUT ROWID;
CREATE INDEX candidate_phones_by_e164 ON candidate_phones (e164) WHERE e164 IS NOT NULL;

CREATE TABLE candidate_emails (
  candidate_id INTEGER NOT NULL REFERENCES candidates ON DELETE CASCADE,
  position     INTEGER NOT NULL,
  address      TEXT NOT NULL,
  kind         TEXT,
  PRIMARY KEY (candidate_id, position)
) WITHOUT ROWID;

CREATE TABLE candidate_tags (
  candidate_id INTEGER NOT NULL REFERENCES candidates ON DELETE CASCADE,
  position     INTEGER NOT NULL,
  name         TEXT NOT NULL,
  PRIMARY KEY (candidate_id, position)
) WITHOUT ROWID;

-- What a search looks through: words in plain small letters, folded by the store (see dial-fold.c),
-- and beside it the index, which the triggers keep in step. `name_start` holds the words a name
-- begins with, `phone_end` the digits of numbers backwards, so that an ending is a prefix too.
CREATE TABLE candidate_texts (
  id         INTEGER PRIMARY KEY REFERENCES candidates ON DELETE CASCADE,
  name_start TEXT NOT NULL,
  name       TEXT NOT NULL,
  other      TEXT NOT NULL,
  work       TEXT NOT NULL,
  phone      TEXT NOT NULL,
  phone_end  TEXT NOT NULL
);

CREATE VIRTUAL TABLE candidate_search USING fts5 (
  name_start, name, other, work, phone, phone_end,
  content = 'candidate_texts', content_rowid = 'id',
  tokenize = 'ascii', prefix = '2 3', detail = 'column', columnsize = 0
);

CREATE TRIGGER candidate_texts_insert AFTER INSERT ON candidate_texts BEGIN
  INSERT INTO candidate_search (rowid, name_start, name, other, work, phone, phone_end)
  VALUES (new.id, new.name_start, new.name, new.other, new.work, new.phone, new.phone_end);
END;
CREATE TRIGGER candidate_texts_delete AFTER DELETE ON candidate_texts BEGIN
  INSERT INTO candidate_search (candidate_search, rowid, name_start, name, other, work, phone, phone_end)
  VALUES ('delete', old.id, old.name_start, old.name, old.other, old.work, old.phone, old.phone_end);
END;
CREATE TRIGGER candidate_texts_update AFTER UPDATE ON candidate_texts BEGIN
  INSERT INTO candidate_search (candidate_search, rowid, name_start, name, other, work, phone, phone_end)
  VALUES ('delete', old.id, old.name_start, old.name, old.other, old.work, old.phone, old.phone_end);
  INSERT INTO candidate_search (rowid, name_start, name, other, work, phone, phone_end)
  VALUES (new.id, new.name_start, new.name, new.other, new.work, new.phone, new.phone_end);
END;

CREATE TABLE applications (
  id               INTEGER PRIMARY KEY,
  candidate_id     INTEGER NOT NULL,
  job_id           INTEGER NOT NULL,
  stage_id         INTEGER NOT NULL,
  stage_name       TEXT,
  status           TEXT,
  prospect         INTEGER NOT NULL,
  recruiter_id     INTEGER NOT NULL,
  coordinator_id   INTEGER NOT NULL,
  created_at       INTEGER NOT NULL,
  updated_at       INTEGER NOT NULL,
  last_activity_at INTEGER NOT NULL,
  rejected_at      INTEGER NOT NULL,
  seen_run         INTEGER NOT NULL
);
CREATE INDEX applications_by_candidate ON applications (candidate_id);
CREATE INDEX applications_by_job ON applications (job_id);
CREATE INDEX applications_by_stage ON applications (stage_id);

CREATE TABLE jobs (
  id         INTEGER PRIMARY KEY,
  name       TEXT,
  status     TEXT,
  updated_at INTEGER NOT NULL,
  seen_run   INTEGER NOT NULL
);

CREATE TABLE stages (
  id         INTEGER PRIMARY KEY,
  job_id     INTEGER NOT NULL,
  name       TEXT,
  sort_order INTEGER NOT NULL,
  active     INTEGER NOT NULL,
  seen_run   INTEGER NOT NULL
);

-- `emails` holds every address, one a line; `user_emails` the same, folded, to be looked up.
CREATE TABLE users (
  id            INTEGER PRIMARY KEY,
  name          TEXT,
  primary_email TEXT,
  emails        TEXT NOT NULL,
  deactivated   INTEGER NOT NULL,
  site_admin    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  seen_run      INTEGER NOT NULL
);

CREATE TABLE user_emails (
  address TEXT NOT NULL,
  user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
  PRIMARY KEY (address, user_id)
) WITHOUT ROWID;
CREATE INDEX user_emails_by_user ON user_emails (user_id);

-- Notes that stand in Greenhouse, as last seen.
CREATE TABLE notes (
  id             INTEGER PRIMARY KEY,
  candidate_id   INTEGER NOT NULL,
  application_id INTEGER NOT NULL,
  user_id        INTEGER NOT NULL,
  type           TEXT,
  subject        TEXT,
  body           TEXT NOT NULL,
  visibility     TEXT NOT NULL,
  created_at     INTEGER NOT NULL,
  seen_run       INTEGER NOT NULL
);
CREATE INDEX notes_by_candidate ON notes (candidate_id);

-- What the recruiter did here. Nothing below is ever forgotten because Greenhouse forgot somebody.
CREATE TABLE calls (
  uid          TEXT PRIMARY KEY NOT NULL,
  candidate_id INTEGER NOT NULL,
  direction    TEXT NOT NULL,
  number       TEXT NOT NULL,
  e164         TEXT,
  own_number   TEXT,
  phone_id     TEXT,
  state        TEXT NOT NULL,
  outcome      TEXT NOT NULL,
  started_at   INTEGER NOT NULL,
  answered_at  INTEGER NOT NULL,
  ended_at     INTEGER NOT NULL,
  duration     INTEGER NOT NULL,
  time_zone    TEXT,
  text         TEXT,
  wrapped_up   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX calls_by_candidate ON calls (candidate_id, started_at);
CREATE INDEX calls_by_start ON calls (started_at);
CREATE INDEX calls_open ON calls (started_at) WHERE state <> 'ended' OR NOT wrapped_up;

CREATE TABLE call_tags (
  call_uid TEXT NOT NULL REFERENCES calls ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name     TEXT NOT NULL,
  PRIMARY KEY (call_uid, position)
) WITHOUT ROWID;

CREATE TABLE drafts (
  candidate_id INTEGER PRIMARY KEY,
  text         TEXT NOT NULL
);

-- Ids are never used twice: a person or a script may hold one.
CREATE TABLE outbox (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  candidate_id  INTEGER NOT NULL,
  call_uid      TEXT,
  reference     TEXT NOT NULL,
  body          TEXT NOT NULL,
  visibility    TEXT NOT NULL,
  author_id     INTEGER NOT NULL,
  state         TEXT NOT NULL,
  attempts      INTEGER NOT NULL,
  first_sent_at INTEGER NOT NULL,
  next_try_at   INTEGER NOT NULL,
  note_id       INTEGER NOT NULL,
  error         TEXT,
  created_at    INTEGER NOT NULL
);
CREATE INDEX outbox_by_candidate ON outbox (candidate_id);
