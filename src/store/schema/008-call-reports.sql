-- What the phone system tells of a call. `remote_id` is its own name for it: no call stands here twice under it.
-- `outside`: the call was made elsewhere, and the phone system told of it. Seconds are -1 where not known.
ALTER TABLE calls ADD COLUMN remote_id TEXT;
ALTER TABLE calls ADD COLUMN own_name TEXT;
ALTER TABLE calls ADD COLUMN agent TEXT;
ALTER TABLE calls ADD COLUMN waiting INTEGER NOT NULL DEFAULT -1;
ALTER TABLE calls ADD COLUMN wrap_up INTEGER NOT NULL DEFAULT -1;
ALTER TABLE calls ADD COLUMN recording_url TEXT;
ALTER TABLE calls ADD COLUMN outside INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX calls_by_remote_id ON calls (remote_id) WHERE remote_id IS NOT NULL;
CREATE INDEX calls_outside ON calls (started_at) WHERE outside;

-- What was written about a call in the phone system: its tags and its notes.
CREATE TABLE call_remarks (
  call_uid TEXT NOT NULL REFERENCES calls ON DELETE CASCADE,
  kind     TEXT NOT NULL,
  position INTEGER NOT NULL,
  text     TEXT NOT NULL,
  PRIMARY KEY (call_uid, kind, position)
) WITHOUT ROWID;
