-- A Waypost snapshot: an ordinary SQLite file that anyone can open. Written once, never changed.
CREATE TABLE manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, publisher TEXT NOT NULL, edition TEXT NOT NULL,
  as_of TEXT NOT NULL, license TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE site (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, state TEXT NOT NULL,
  county_fips TEXT NOT NULL, county TEXT NOT NULL, current INTEGER NOT NULL, is_iop INTEGER NOT NULL,
  record TEXT NOT NULL, changed_at TEXT NOT NULL
);
CREATE TABLE claim (
  site_id TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, source TEXT NOT NULL,
  as_of TEXT NOT NULL, method TEXT NOT NULL, chosen INTEGER NOT NULL, reason TEXT NOT NULL,
  until TEXT NOT NULL
);
CREATE TABLE array (name TEXT PRIMARY KEY, dtype TEXT NOT NULL, shape TEXT NOT NULL, data BLOB NOT NULL) WITHOUT ROWID;
-- An operator's own resources of Plan-Net, each as JSON, with the day it changed.
CREATE TABLE resource (type TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (type, id)) WITHOUT ROWID;
