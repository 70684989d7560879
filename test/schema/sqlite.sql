CREATE TABLE authors (
  id BLOB PRIMARY KEY,
  name TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX authors_name ON authors (name, id);

CREATE TABLE blocks (
  block INTEGER PRIMARY KEY,
  live INTEGER NOT NULL
) STRICT;

CREATE TABLE commits (
  revision INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  by BLOB
) STRICT;

CREATE TABLE counters (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_history (
  id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  until INTEGER NOT NULL,
  customer TEXT NOT NULL,
  PRIMARY KEY (id, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  code_key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  parent_id INTEGER REFERENCES customers (id),
  -- The ids from the root down to here, each with a point after it: a subtree is a range.
  path TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  revision INTEGER NOT NULL
) STRICT;

CREATE INDEX customers_parent_id ON customers (parent_id);

CREATE TABLE documents (
  number INTEGER PRIMARY KEY REFERENCES users (number),
  open TEXT NOT NULL,
  metadata TEXT NOT NULL
) STRICT;

CREATE TABLE history (
  number INTEGER NOT NULL REFERENCES users (number),
  revision INTEGER NOT NULL,
  open TEXT NOT NULL,
  metadata TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX history_number ON history (number, revision);

CREATE TABLE migrations (number INTEGER PRIMARY KEY, at TEXT NOT NULL) STRICT;

CREATE TABLE passwords (
  number INTEGER PRIMARY KEY REFERENCES users (number),
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE receipts (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  answer TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (scope, key)
) STRICT;

CREATE INDEX receipts_at ON receipts (at);

CREATE TABLE saved_views (
  id BLOB PRIMARY KEY,
  user_id BLOB NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  is_shared INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX saved_views_shared ON saved_views (id) WHERE is_shared = 1;

CREATE INDEX saved_views_user_id ON saved_views (user_id);

CREATE TABLE secrets (
  name TEXT PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE token_usage (
  day TEXT NOT NULL,
  token_id TEXT NOT NULL,
  requests INTEGER NOT NULL,
  -- Those among them that a rate limit refused.
  limited INTEGER NOT NULL,
  PRIMARY KEY (day, token_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  user_id BLOB NOT NULL REFERENCES users (id),
  permissions TEXT NOT NULL,
  -- null: everything
  scope INTEGER,
  created_at INTEGER NOT NULL,
  created_by BLOB,
  expires_at INTEGER,
  revoked_at INTEGER,
  last_used_at INTEGER
, use TEXT NOT NULL DEFAULT 'bearer', parent_id TEXT) STRICT;

CREATE INDEX tokens_use_user_id ON tokens (use, user_id);

CREATE TABLE usage (
  user_id BLOB NOT NULL,
  day TEXT NOT NULL,
  requests INTEGER NOT NULL,
  PRIMARY KEY (user_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE user_counts (
  customer_id INTEGER NOT NULL,
  status TEXT NOT NULL,
  user_type TEXT NOT NULL,
  live INTEGER NOT NULL,
  users INTEGER NOT NULL,
  PRIMARY KEY (customer_id, status, user_type)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE user_trigrams USING fts5 (
  texts, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'
);

CREATE TABLE user_values (
  field INTEGER NOT NULL,
  folded TEXT NOT NULL,
  entry TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (field, folded, entry, number)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE user_words USING fts5 (
  words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '1 2 3'
);

CREATE TABLE users (
  number INTEGER PRIMARY KEY,
  id BLOB NOT NULL,
  live INTEGER NOT NULL,
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  status TEXT NOT NULL,
  user_type TEXT NOT NULL,
  revision INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  created_by BLOB,
  updated_by BLOB,
  last_login_at INTEGER,
  expires_at INTEGER,
  valid_from INTEGER,
  primary_identity BLOB,
  admin_devices INTEGER,
  identifier TEXT NOT NULL,
  email TEXT,
  given_name TEXT,
  family_name TEXT,
  full_name TEXT NOT NULL,
  display_name TEXT,
  phone TEXT,
  language TEXT,
  country TEXT,
  time_zone TEXT,
  role TEXT,
  group_name TEXT,
  device_id TEXT,
  external_id TEXT,
  status_reason TEXT,
  message TEXT,
  description TEXT,
  -- JSON: the rows of user_values, to ask one user about them.
  value_keys TEXT
) STRICT;

CREATE INDEX users_by_admin_devices ON users (admin_devices, id, live);

CREATE INDEX users_by_country ON users (country, id, live);

CREATE INDEX users_by_created_at ON users (created_at, id, live);

CREATE INDEX users_by_created_by ON users (created_by, id, live);

CREATE INDEX users_by_customer_id ON users (customer_id, id, live);

CREATE INDEX users_by_description ON users (description, id, live);

CREATE INDEX users_by_device_id ON users (device_id, id, live);

CREATE INDEX users_by_display_name ON users (display_name, id, live);

CREATE INDEX users_by_email ON users (email, id, live);

CREATE INDEX users_by_expires_at ON users (expires_at, id, live);

CREATE INDEX users_by_external_id ON users (external_id, id, live);

CREATE INDEX users_by_family_name ON users (family_name, id, live);

CREATE INDEX users_by_full_name ON users (full_name, id, live);

CREATE INDEX users_by_given_name ON users (given_name, id, live);

CREATE INDEX users_by_group_name ON users (group_name, id, live);

CREATE UNIQUE INDEX users_by_id ON users (id);

CREATE INDEX users_by_identifier ON users (identifier, id, live);

CREATE INDEX users_by_language ON users (language, id, live);

CREATE INDEX users_by_last_login_at ON users (last_login_at, id, live);

CREATE INDEX users_by_message ON users (message, id, live);

CREATE INDEX users_by_names ON users (family_name, given_name IS NULL, given_name, id, live);

CREATE INDEX users_by_phone ON users (phone, id, live);

CREATE INDEX users_by_primary_identity ON users (primary_identity, id, live);

CREATE INDEX users_by_revision ON users (revision, id, live);

CREATE INDEX users_by_role ON users (role, id, live);

CREATE INDEX users_by_status ON users (status, id, live);

CREATE INDEX users_by_status_reason ON users (status_reason, id, live);

CREATE INDEX users_by_time_zone ON users (time_zone, id, live);

CREATE INDEX users_by_updated_at ON users (updated_at, id, live);

CREATE INDEX users_by_updated_by ON users (updated_by, id, live);

CREATE INDEX users_by_user_type ON users (user_type, id, live);

CREATE INDEX users_by_valid_from ON users (valid_from, id, live);

CREATE INDEX users_customer ON users (customer_id, live);

CREATE INDEX users_live ON users (live);

CREATE UNIQUE INDEX users_live_email ON users (email) WHERE live = 1 AND email IS NOT NULL;

CREATE UNIQUE INDEX users_live_identifier ON users (identifier) WHERE live = 1;

CREATE VIRTUAL TABLE word_neighbours USING fts5 (
  keys, content = '', columnsize = 0, detail = none, tokenize = 'ascii'
);

CREATE TABLE words (
  id INTEGER PRIMARY KEY,
  word TEXT NOT NULL UNIQUE
) STRICT;

counters: customer, customers, deferred, deleted, live, number, revision
