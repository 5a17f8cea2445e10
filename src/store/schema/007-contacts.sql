-- Candidates that stand in a phone system as contacts. `account` is that system's id here; `ours`: this program
-- made the contact, and may remove it. `contact_id` 0: it was sent at `sent_at` to be added, and no answer came
-- yet; or it was refused, and `problem` says why. `seen`: it was read back. From `name` on stands what was sent
-- last (numbers and emails one a line), NULL where nothing was.
CREATE TABLE contact_links (
  candidate_id INTEGER NOT NULL,
  account      TEXT NOT NULL,
  contact_id   INTEGER NOT NULL,
  ours         INTEGER NOT NULL,
  seen         INTEGER NOT NULL,
  sent_at      INTEGER NOT NULL,
  tag          TEXT NOT NULL,
  problem      TEXT,
  name         TEXT,
  title        TEXT,
  company      TEXT,
  numbers      TEXT,
  emails       TEXT,
  url          TEXT,
  PRIMARY KEY (candidate_id, account)
) WITHOUT ROWID;
CREATE INDEX contact_links_by_contact ON contact_links (account, contact_id);

-- Of somebody who is forgotten only the ids stay, until the contact is gone as well; but of whom no answer is known
-- yet, without that nobody would find the contact.
CREATE TRIGGER contact_links_forget AFTER DELETE ON candidates BEGIN
  UPDATE contact_links SET problem = NULL, name = NULL, title = NULL, company = NULL, numbers = NULL, emails = NULL,
    url = NULL WHERE candidate_id = old.id AND (contact_id <> 0 OR problem IS NOT NULL);
END;
