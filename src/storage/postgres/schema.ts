import { COLUMNS } from '../sql/columns.ts'
import { COLUMN_TYPES } from './column-types.ts'
import { LIST_SCHEMA } from './list-schema.ts'

const USER_COLUMNS = Object.values(COLUMNS)
  .filter(({ field }) => field !== 'number')
  .map(({ name, kind, nullable }) => `  ${name} ${COLUMN_TYPES[kind]}${nullable ? '' : ' NOT NULL'},`)
  .join('\n')

/**
 * The first schema, with the tables and words of the embedded engine. Whoever writes holds the revision: what a commit has
 * looked at stays true until it ends. So users need no foreign keys, which cost a look-up for every row and could not be
 * kept where users are spread over several servers.
 */
export const FIRST_SCHEMA = `
-- Written by every commit: room is left for the next versions of a row beside it.
CREATE TABLE counters (
  name text COLLATE "C" PRIMARY KEY,
  value bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO counters VALUES ('revision', 0), ('customers', 0), ('customer', 0), ('number', 0), ('live', 0), ('deleted', 0);

CREATE TABLE commits (
  revision bigint PRIMARY KEY,
  at bigint NOT NULL,
  by uuid
);

CREATE TABLE customers (
  id bigint PRIMARY KEY,
  code text COLLATE "C" NOT NULL,
  code_key text COLLATE "C" NOT NULL UNIQUE,
  name text COLLATE "C" NOT NULL,
  parent_id bigint,
  -- The ids from the root down to here, each with a point after it: a subtree is a range.
  path text COLLATE "C" NOT NULL UNIQUE,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  revision bigint NOT NULL
);
CREATE INDEX customers_parent_id ON customers (parent_id);

-- What customers were until the revision that changed or removed them.
CREATE TABLE customer_history (
  id bigint NOT NULL,
  revision bigint NOT NULL,
  until bigint NOT NULL,
  customer text COLLATE "C" NOT NULL,
  PRIMARY KEY (id, revision)
);

CREATE TABLE users (
  number bigint PRIMARY KEY,
${USER_COLUMNS}
  live boolean NOT NULL,
  -- JSON: the keys of phones, permissions, tags and attributes, to ask one user about them.
  value_keys text COLLATE "C"
);
CREATE UNIQUE INDEX users_by_id ON users (id);
CREATE UNIQUE INDEX users_live_identifier ON users (identifier) WHERE live;
CREATE UNIQUE INDEX users_live_email ON users (email) WHERE live AND email IS NOT NULL;

CREATE TABLE documents (
  number bigint PRIMARY KEY,
  open text COLLATE "C" NOT NULL,
  metadata text COLLATE "C" NOT NULL
);

-- Earlier versions.
CREATE TABLE history (
  number bigint NOT NULL,
  revision bigint NOT NULL,
  open text COLLATE "C" NOT NULL,
  metadata text COLLATE "C" NOT NULL,
  PRIMARY KEY (number, revision)
);

CREATE TABLE passwords (
  number bigint PRIMARY KEY,
  hash text COLLATE "C" NOT NULL
);

-- How many users there are of each kind. What a filter asks of these columns is counted here.
CREATE TABLE user_counts (
  customer_id bigint NOT NULL,
  status text COLLATE "C" NOT NULL,
  user_type text COLLATE "C" NOT NULL,
  live boolean NOT NULL,
  users bigint NOT NULL,
  PRIMARY KEY (customer_id, status, user_type)
);

-- How many live users there are in each stretch of numbers, to skip many of them at once.
CREATE TABLE blocks (
  block bigint PRIMARY KEY,
  live bigint NOT NULL
);

CREATE TABLE tokens (
  id text COLLATE "C" PRIMARY KEY,
  hash text COLLATE "C" NOT NULL UNIQUE,
  name text COLLATE "C" NOT NULL,
  user_id uuid NOT NULL,
  permissions text COLLATE "C" NOT NULL,
  -- null: everything
  scope bigint,
  created_at bigint NOT NULL,
  created_by uuid,
  expires_at bigint,
  revoked_at bigint,
  last_used_at bigint,
  -- In the order in which they were issued.
  number bigint GENERATED ALWAYS AS IDENTITY
);

-- Requests by user and UTC day; the day '' stands for all of them.
CREATE TABLE usage (
  user_id uuid NOT NULL,
  day text COLLATE "C" NOT NULL,
  requests bigint NOT NULL,
  PRIMARY KEY (user_id, day)
);

CREATE TABLE receipts (
  scope text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  answer text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (scope, key)
);
CREATE INDEX receipts_at ON receipts (at);

-- Counts that nodes share until their windows end, and that may be lost in a crash.
CREATE UNLOGGED TABLE windows (
  key text COLLATE "C" PRIMARY KEY,
  count bigint NOT NULL,
  ends_at bigint NOT NULL
) WITH (fillfactor = 50);

-- What nobody but the processes of this directory may know.
CREATE TABLE secrets (
  name text COLLATE "C" PRIMARY KEY,
  bytes bytea NOT NULL
);

${LIST_SCHEMA}
`

/** What tokens are for besides being shown in `Authorization`, and what sessions were made from. */
export const TOKEN_USES_SCHEMA = `
ALTER TABLE tokens ADD COLUMN use text COLLATE "C" NOT NULL DEFAULT 'bearer';
ALTER TABLE tokens ADD COLUMN parent_id text COLLATE "C";
CREATE INDEX tokens_use_user_id ON tokens (use, user_id);
`

/** Lists of users that people look at again, and requests by token and UTC day. */
export const SAVED_VIEWS_SCHEMA = `
CREATE TABLE saved_views (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  query text COLLATE "C" NOT NULL,
  is_shared smallint NOT NULL,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  revision bigint NOT NULL
);
CREATE INDEX saved_views_user_id ON saved_views (user_id);
CREATE INDEX saved_views_shared ON saved_views (id) WHERE is_shared = 1;

CREATE TABLE token_usage (
  day text COLLATE "C" NOT NULL,
  token_id text COLLATE "C" NOT NULL,
  requests bigint NOT NULL,
  -- Those among them that a rate limit refused.
  limited bigint NOT NULL,
  PRIMARY KEY (day, token_id)
);
`

/** The indexes that a load has left out, with the statements that build them again. */
export const DEFERRED_INDEXES_SCHEMA = `
CREATE TABLE deferred_indexes (
  name text COLLATE "C" PRIMARY KEY,
  table_name text COLLATE "C" NOT NULL,
  definition text COLLATE "C" NOT NULL
);
`
