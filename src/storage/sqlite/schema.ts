import { COLUMNS } from '../sql/columns.ts'

/**
 * One index for every order a list can be asked for in, by name. `live` is in them so that the filter of every list needs
 * no row.
 */
const SORT_INDEXES: ReadonlyMap<string, string> = new Map(
  Object.values(COLUMNS).flatMap(({ name, index }) =>
    index === null || name === 'id' ? [] : [[index, `CREATE INDEX ${index} ON users (${name}, id, live)`]],
  ),
)

/**
 * The first schema. Users stand twice: in `users` as folded keys to find and order them by, in `documents` as the JSON
 * they are written out as. Rows are numbered in creation order in both, so that a list in that order is one range read.
 */
export const FIRST_SCHEMA = `
CREATE TABLE counters (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counters VALUES ('revision', 0), ('customers', 0), ('customer', 0), ('number', 0), ('live', 0), ('deleted', 0),
  ('deferred', 0);

CREATE TABLE commits (
  revision INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  by BLOB
) STRICT;

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

-- What customers were until the revision that changed or removed them.
CREATE TABLE customer_history (
  id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  until INTEGER NOT NULL,
  customer TEXT NOT NULL,
  PRIMARY KEY (id, revision)
) STRICT, WITHOUT ROWID;

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
CREATE UNIQUE INDEX users_by_id ON users (id);
CREATE INDEX users_live ON users (live);
CREATE UNIQUE INDEX users_live_identifier ON users (identifier) WHERE live = 1;
CREATE UNIQUE INDEX users_live_email ON users (email) WHERE live = 1 AND email IS NOT NULL;
CREATE INDEX users_customer ON users (customer_id, live);

CREATE TABLE documents (
  number INTEGER PRIMARY KEY REFERENCES users (number),
  open TEXT NOT NULL,
  metadata TEXT NOT NULL
) STRICT;

-- Earlier versions.
CREATE TABLE history (
  number INTEGER NOT NULL REFERENCES users (number),
  revision INTEGER NOT NULL,
  open TEXT NOT NULL,
  metadata TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX history_number ON history (number, revision);

CREATE TABLE passwords (
  number INTEGER PRIMARY KEY REFERENCES users (number),
  hash TEXT NOT NULL
) STRICT;

-- Keys of phones, permissions, tags and attributes, to find users by.
CREATE TABLE user_values (
  field INTEGER NOT NULL,
  folded TEXT NOT NULL,
  entry TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (field, folded, entry, number)
) STRICT, WITHOUT ROWID;

-- How many users there are of each kind. What a filter asks of these columns is counted here.
CREATE TABLE user_counts (
  customer_id INTEGER NOT NULL,
  status TEXT NOT NULL,
  user_type TEXT NOT NULL,
  live INTEGER NOT NULL,
  users INTEGER NOT NULL,
  PRIMARY KEY (customer_id, status, user_type)
) STRICT, WITHOUT ROWID;

-- How many live users there are in each stretch of numbers, to skip many of them at once.
CREATE TABLE blocks (
  block INTEGER PRIMARY KEY,
  live INTEGER NOT NULL
) STRICT;

-- Trigrams of all texts of a user, by number: candidates for patterns. Our keys are folded already.
CREATE VIRTUAL TABLE user_trigrams USING fts5 (
  texts, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'
);

-- Words of users, by number. Words are letters and digits of any script, which this tokenizer leaves whole.
CREATE VIRTUAL TABLE user_words USING fts5 (
  words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '1 2 3'
);

-- Every word there has been, and the keys under which words near it are found.
CREATE TABLE words (
  id INTEGER PRIMARY KEY,
  word TEXT NOT NULL UNIQUE
) STRICT;
CREATE VIRTUAL TABLE word_neighbours USING fts5 (
  keys, content = '', columnsize = 0, detail = none, tokenize = 'ascii'
);

-- Everybody who created or last updated a user, with the key of their name.
CREATE TABLE authors (
  id BLOB PRIMARY KEY,
  name TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX authors_name ON authors (name, id);

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
) STRICT;

-- Requests by user and UTC day; the day '' stands for all of them.
CREATE TABLE usage (
  user_id BLOB NOT NULL,
  day TEXT NOT NULL,
  requests INTEGER NOT NULL,
  PRIMARY KEY (user_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipts (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  answer TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (scope, key)
) STRICT;
CREATE INDEX receipts_at ON receipts (at);

-- What nobody but the processes of this directory may know.
CREATE TABLE secrets (
  name TEXT PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;

${[...SORT_INDEXES.values()].join(';\n')};
`

/** What tokens are for besides being shown in `Authorization`, and what sessions were made from. */
export const TOKEN_USES_SCHEMA = `
ALTER TABLE tokens ADD COLUMN use TEXT NOT NULL DEFAULT 'bearer';
ALTER TABLE tokens ADD COLUMN parent_id TEXT;
CREATE INDEX tokens_use_user_id ON tokens (use, user_id);
`

/** Lists of users that people look at again, and requests by token and UTC day. */
export const SAVED_VIEWS_SCHEMA = `
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
CREATE INDEX saved_views_user_id ON saved_views (user_id);
CREATE INDEX saved_views_shared ON saved_views (id) WHERE is_shared = 1;

CREATE TABLE token_usage (
  day TEXT NOT NULL,
  token_id TEXT NOT NULL,
  requests INTEGER NOT NULL,
  -- Those among them that a rate limit refused.
  limited INTEGER NOT NULL,
  PRIMARY KEY (day, token_id)
) STRICT, WITHOUT ROWID;
`

const NAMES_INDEX = `CREATE INDEX users_by_names ON users (family_name, given_name IS NULL, given_name, id, live)`

/** The order of people most lists are asked for. */
export const NAMES_SCHEMA = `${NAMES_INDEX};`

/** Every index of an order, by name. */
export const ORDER_INDEXES: ReadonlyMap<string, string> = new Map([...SORT_INDEXES, ['users_by_names', NAMES_INDEX]])
