-- Where the walks through Greenhouse's lists are: one brings records, one looks who is still there. A walk
-- through everything is shared out into windows; those of it that are left stand beside it.
ALTER TABLE sync_positions RENAME TO old_positions;

CREATE TABLE sync_positions (
  resource        TEXT NOT NULL,
  aim             TEXT NOT NULL,
  walking         INTEGER NOT NULL,
  run             INTEGER NOT NULL,
  started_at      INTEGER NOT NULL,
  since           INTEGER NOT NULL,
  by_pages        INTEGER NOT NULL,
  oldest          INTEGER NOT NULL,
  completed_since INTEGER NOT NULL,
  n_received      INTEGER NOT NULL,
  n_saves         INTEGER NOT NULL,
  PRIMARY KEY (resource, aim)
) WITHOUT ROWID;

CREATE TABLE sync_windows (
  resource      TEXT NOT NULL,
  aim           TEXT NOT NULL,
  number        INTEGER NOT NULL,
  created_from  INTEGER NOT NULL,
  created_until INTEGER NOT NULL,
  next          TEXT,
  reached       INTEGER NOT NULL,
  n_rows        INTEGER NOT NULL,
  PRIMARY KEY (resource, aim, number)
) WITHOUT ROWID;

INSERT INTO sync_positions
SELECT resource, 'records', 0, run, 0, 0, 0, 0, completed_since, 0, 0 FROM old_positions;
DROP TABLE old_positions;

-- How many rows a table has, so that nobody needs to count them.
CREATE TABLE tallies (
  name TEXT PRIMARY KEY NOT NULL,
  n    INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO tallies SELECT 'candidates', count(*) FROM candidates;
