-- The recruiter decided that no note is to tell of the call. Of calls before this nobody knows: who put one
-- away without a note was asked, so it counts as decided.
ALTER TABLE calls ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outbox_by_call ON outbox (call_uid) WHERE call_uid IS NOT NULL;
UPDATE calls SET dropped = 1
WHERE wrapped_up AND candidate_id <> 0 AND NOT EXISTS (SELECT 1 FROM outbox WHERE call_uid = calls.uid);
