-- Who the recruiter was when the note was saved, where the user was not known yet; and whether Greenhouse refused
-- the author, so that only the recruiter can say who signs instead.
ALTER TABLE outbox ADD COLUMN author_email TEXT;
ALTER TABLE outbox ADD COLUMN author_refused INTEGER NOT NULL DEFAULT 0;

-- When it last went out; how often in a row it did not get through; not before which instant Greenhouse wants
-- to see it again, whoever asks for it.
ALTER TABLE outbox ADD COLUMN last_sent_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN held_until INTEGER NOT NULL DEFAULT 0;

-- The note was waiting when this file was copied from another computer or folder: the original may send it too.
ALTER TABLE outbox ADD COLUMN elsewhere INTEGER NOT NULL DEFAULT 0;

-- Counts up with each change, so that of two who change a note at once the second one notices.
ALTER TABLE outbox ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

UPDATE outbox SET last_sent_at = first_sent_at;
CREATE INDEX outbox_sent ON outbox (last_sent_at) WHERE state = 'sent';
