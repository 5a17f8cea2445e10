-- The day on which the person is to be called again, as YYYY-MM-DD where the recruiter sits; over once a
-- later call with the person began. `by_hand`: the call was made elsewhere and told by the recruiter.
ALTER TABLE calls ADD COLUMN call_again_on TEXT;
ALTER TABLE calls ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0;
CREATE INDEX calls_to_repeat ON calls (call_again_on) WHERE call_again_on IS NOT NULL;

-- What it is that makes a note count as being in Greenhouse (see DialProof), and when it was last seen there.
ALTER TABLE outbox ADD COLUMN proof TEXT NOT NULL DEFAULT 'none';
ALTER TABLE outbox ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
UPDATE outbox SET proof = 'read-back' WHERE state = 'sent';
CREATE INDEX outbox_unsent ON outbox (id) WHERE state <> 'sent';

-- Who a number stands for where the numbers in Greenhouse do not say it, or say several.
CREATE TABLE number_ties (
  e164         TEXT PRIMARY KEY NOT NULL,
  candidate_id INTEGER NOT NULL
) WITHOUT ROWID;

-- What a recruiter starts a note from, or reads while talking. `job` and `stage` are names; NULL: any.
CREATE TABLE templates (
  id    INTEGER PRIMARY KEY,
  kind  TEXT NOT NULL,
  name  TEXT NOT NULL,
  job   TEXT,
  stage TEXT,
  text  TEXT NOT NULL
);
