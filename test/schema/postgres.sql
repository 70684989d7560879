TABLE authors (
  id uuid NOT NULL,
  name text COLLATE "C",
)
CREATE INDEX authors_long_name ON authors USING btree ("left"(name, 400)) WHERE (LEAST(COALESCE(octet_length(name), 0), 2001) = 2001);
CREATE INDEX authors_name ON authors USING btree (name, id) WHERE ((octet_length(name) <= 2000) IS NOT FALSE);
CREATE UNIQUE INDEX authors_pkey ON authors USING btree (id);

TABLE blocks (
  block bigint NOT NULL,
  live bigint NOT NULL,
)
CREATE UNIQUE INDEX blocks_pkey ON blocks USING btree (block);

TABLE commits (
  revision bigint NOT NULL,
  at bigint NOT NULL,
  by uuid,
)
CREATE UNIQUE INDEX commits_pkey ON commits USING btree (revision);

TABLE counters (
  name text COLLATE "C" NOT NULL,
  value bigint NOT NULL,
)
CREATE UNIQUE INDEX counters_pkey ON counters USING btree (name);

TABLE customer_history (
  id bigint NOT NULL,
  revision bigint NOT NULL,
  until bigint NOT NULL,
  customer text COLLATE "C" NOT NULL,
)
CREATE UNIQUE INDEX customer_history_pkey ON customer_history USING btree (id, revision);

TABLE customers (
  id bigint NOT NULL,
  code text COLLATE "C" NOT NULL,
  code_key text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  parent_id bigint,
  path text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  revision bigint NOT NULL,
)
CREATE UNIQUE INDEX customers_code_key_key ON customers USING btree (code_key);
CREATE INDEX customers_parent_id ON customers USING btree (parent_id);
CREATE UNIQUE INDEX customers_path_key ON customers USING btree (path);
CREATE UNIQUE INDEX customers_pkey ON customers USING btree (id);

TABLE deferred_indexes (
  name text COLLATE "C" NOT NULL,
  table_name text COLLATE "C" NOT NULL,
  definition text COLLATE "C" NOT NULL,
)
CREATE UNIQUE INDEX deferred_indexes_pkey ON deferred_indexes USING btree (name);

TABLE documents (
  number bigint NOT NULL,
  open text COLLATE "C" NOT NULL,
  metadata text COLLATE "C" NOT NULL,
)
CREATE UNIQUE INDEX documents_pkey ON documents USING btree (number);

TABLE history (
  number bigint NOT NULL,
  revision bigint NOT NULL,
  open text COLLATE "C" NOT NULL,
  metadata text COLLATE "C" NOT NULL,
)
CREATE UNIQUE INDEX history_pkey ON history USING btree (number, revision);

TABLE migrations (
  number integer NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT now(),
)
CREATE UNIQUE INDEX migrations_pkey ON migrations USING btree (number);

TABLE passwords (
  number bigint NOT NULL,
  hash text COLLATE "C" NOT NULL,
)
CREATE UNIQUE INDEX passwords_pkey ON passwords USING btree (number);

TABLE receipts (
  scope text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  answer text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
)
CREATE INDEX receipts_at ON receipts USING btree (at);
CREATE UNIQUE INDEX receipts_pkey ON receipts USING btree (scope, key);

TABLE saved_views (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  query text COLLATE "C" NOT NULL,
  is_shared smallint NOT NULL,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  revision bigint NOT NULL,
)
CREATE UNIQUE INDEX saved_views_pkey ON saved_views USING btree (id);
CREATE INDEX saved_views_shared ON saved_views USING btree (id) WHERE (is_shared = 1);
CREATE INDEX saved_views_user_id ON saved_views USING btree (user_id);

TABLE secrets (
  name text COLLATE "C" NOT NULL,
  bytes bytea NOT NULL,
)
CREATE UNIQUE INDEX secrets_pkey ON secrets USING btree (name);

TABLE token_usage (
  day text COLLATE "C" NOT NULL,
  token_id text COLLATE "C" NOT NULL,
  requests bigint NOT NULL,
  limited bigint NOT NULL,
)
CREATE UNIQUE INDEX token_usage_pkey ON token_usage USING btree (day, token_id);

TABLE tokens (
  id text COLLATE "C" NOT NULL,
  hash text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  user_id uuid NOT NULL,
  permissions text COLLATE "C" NOT NULL,
  scope bigint,
  created_at bigint NOT NULL,
  created_by uuid,
  expires_at bigint,
  revoked_at bigint,
  last_used_at bigint,
  number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  use text COLLATE "C" NOT NULL DEFAULT 'bearer'::text,
  parent_id text COLLATE "C",
)
CREATE UNIQUE INDEX tokens_hash_key ON tokens USING btree (hash);
CREATE UNIQUE INDEX tokens_pkey ON tokens USING btree (id);
CREATE INDEX tokens_use_user_id ON tokens USING btree (use, user_id);

TABLE usage (
  user_id uuid NOT NULL,
  day text COLLATE "C" NOT NULL,
  requests bigint NOT NULL,
)
CREATE UNIQUE INDEX usage_pkey ON usage USING btree (user_id, day);

TABLE user_counts (
  customer_id bigint NOT NULL,
  status text COLLATE "C" NOT NULL,
  user_type text COLLATE "C" NOT NULL,
  live boolean NOT NULL,
  users bigint NOT NULL,
)
CREATE UNIQUE INDEX user_counts_pkey ON user_counts USING btree (customer_id, status, user_type);

TABLE user_marks (
  number bigint NOT NULL,
  live boolean NOT NULL,
  marks integer[] NOT NULL,
)
CREATE INDEX user_marks_marks ON user_marks USING gin (marks);
CREATE UNIQUE INDEX user_marks_pkey ON user_marks USING btree (number);

TABLE users (
  number bigint NOT NULL,
  id uuid NOT NULL,
  customer_id bigint NOT NULL,
  identifier text COLLATE "C" NOT NULL,
  given_name text COLLATE "C",
  family_name text COLLATE "C",
  full_name text COLLATE "C" NOT NULL,
  display_name text COLLATE "C",
  email text COLLATE "C",
  language text COLLATE "C",
  country text COLLATE "C",
  time_zone text COLLATE "C",
  description text COLLATE "C",
  user_type text COLLATE "C" NOT NULL,
  role text COLLATE "C",
  group_name text COLLATE "C",
  status text COLLATE "C" NOT NULL,
  status_reason text COLLATE "C",
  message text COLLATE "C",
  device_id text COLLATE "C",
  admin_devices bigint,
  valid_from bigint,
  expires_at bigint,
  last_login_at bigint,
  primary_identity uuid,
  external_id text COLLATE "C",
  created_at bigint NOT NULL,
  created_by uuid,
  updated_at bigint NOT NULL,
  updated_by uuid,
  revision bigint NOT NULL,
  phone text COLLATE "C",
  live boolean NOT NULL,
  value_keys text COLLATE "C",
)
CREATE INDEX users_by_admin_devices ON users USING btree (admin_devices, id) INCLUDE (number, live);
CREATE INDEX users_by_country ON users USING btree (country, id) INCLUDE (number, live);
CREATE INDEX users_by_created_at ON users USING btree (created_at, id) INCLUDE (number, live);
CREATE INDEX users_by_created_by ON users USING btree (created_by, id) INCLUDE (number, live);
CREATE INDEX users_by_customer_id ON users USING btree (customer_id, id) INCLUDE (number, live);
CREATE INDEX users_by_description ON users USING btree (description, id) INCLUDE (number, live) WHERE ((octet_length(description) <= 2000) IS NOT FALSE);
CREATE INDEX users_by_device_id ON users USING btree (device_id, id) INCLUDE (number, live);
CREATE INDEX users_by_display_name ON users USING btree (display_name, id) INCLUDE (number, live) WHERE ((octet_length(display_name) <= 2000) IS NOT FALSE);
CREATE INDEX users_by_email ON users USING btree (email, id) INCLUDE (number, live);
CREATE INDEX users_by_expires_at ON users USING btree (expires_at, id) INCLUDE (number, live);
CREATE INDEX users_by_external_id ON users USING btree (external_id, id) INCLUDE (number, live);
CREATE INDEX users_by_family_name ON users USING btree (family_name, id) INCLUDE (number, live) WHERE ((octet_length(family_name) <= 2000) IS NOT FALSE);
CREATE INDEX users_by_full_name ON users USING btree (full_name, id) INCLUDE (number, live) WHERE ((octet_length(full_name) <= 2000) IS NOT FALSE);
CREATE INDEX users_by_given_name ON users USING btree (given_name, id) INCLUDE (number, live) WHERE ((octet_length(given_name) <= 2000) IS NOT FALSE);
CREATE INDEX users_by_group_name ON users USING btree (group_name, id) INCLUDE (number, live);
CREATE UNIQUE INDEX users_by_id ON users USING btree (id);
CREATE INDEX users_by_identifier ON users USING btree (identifier, id) INCLUDE (number, live);
CREATE INDEX users_by_language ON users USING btree (language, id) INCLUDE (number, live);
CREATE INDEX users_by_last_login_at ON users USING btree (last_login_at, id) INCLUDE (number, live);
CREATE INDEX users_by_message ON users USING btree (message, id) INCLUDE (number, live) WHERE ((octet_length(message) <= 2000) IS NOT FALSE);
CREATE INDEX users_by_names ON users USING btree (family_name, given_name, id) INCLUDE (number, live) WHERE (((octet_length(family_name) <= 2000) IS NOT FALSE) AND ((octet_length(given_name) <= 2000) IS NOT FALSE) AND (((octet_length(family_name) + octet_length(given_name)) <= 2000) IS NOT FALSE));
CREATE INDEX users_by_phone ON users USING btree (phone, id) INCLUDE (number, live);
CREATE INDEX users_by_primary_identity ON users USING btree (primary_identity, id) INCLUDE (number, live);
CREATE INDEX users_by_revision ON users USING btree (revision, id) INCLUDE (number, live);
CREATE INDEX users_by_role ON users USING btree (role, id) INCLUDE (number, live);
CREATE INDEX users_by_status ON users USING btree (status, id) INCLUDE (number, live);
CREATE INDEX users_by_status_reason ON users USING btree (status_reason, id) INCLUDE (number, live) WHERE ((octet_length(status_reason) <= 2000) IS NOT FALSE);
CREATE INDEX users_by_time_zone ON users USING btree (time_zone, id) INCLUDE (number, live);
CREATE INDEX users_by_updated_at ON users USING btree (updated_at, id) INCLUDE (number, live);
CREATE INDEX users_by_updated_by ON users USING btree (updated_by, id) INCLUDE (number, live);
CREATE INDEX users_by_user_type ON users USING btree (user_type, id) INCLUDE (number, live);
CREATE INDEX users_by_valid_from ON users USING btree (valid_from, id) INCLUDE (number, live);
CREATE INDEX users_customer ON users USING btree (customer_id, live, number);
CREATE INDEX users_deleted ON users USING btree (number) WHERE (NOT live);
CREATE INDEX users_live ON users USING btree (number) WHERE live;
CREATE UNIQUE INDEX users_live_email ON users USING btree (email) WHERE (live AND (email IS NOT NULL));
CREATE UNIQUE INDEX users_live_identifier ON users USING btree (identifier) WHERE live;
CREATE INDEX users_long_description ON users USING btree ("left"(description, 400)) WHERE (LEAST(COALESCE(octet_length(description), 0), 2001) = 2001);
CREATE INDEX users_long_display_name ON users USING btree ("left"(display_name, 400)) WHERE (LEAST(COALESCE(octet_length(display_name), 0), 2001) = 2001);
CREATE INDEX users_long_family_name ON users USING btree ("left"(family_name, 400)) WHERE (LEAST(COALESCE(octet_length(family_name), 0), 2001) = 2001);
CREATE INDEX users_long_full_name ON users USING btree ("left"(full_name, 400)) WHERE (LEAST(COALESCE(octet_length(full_name), 0), 2001) = 2001);
CREATE INDEX users_long_given_name ON users USING btree ("left"(given_name, 400)) WHERE (LEAST(COALESCE(octet_length(given_name), 0), 2001) = 2001);
CREATE INDEX users_long_message ON users USING btree ("left"(message, 400)) WHERE (LEAST(COALESCE(octet_length(message), 0), 2001) = 2001);
CREATE INDEX users_long_names ON users USING btree ("left"(family_name, 400)) WHERE (LEAST((COALESCE(octet_length(family_name), 0) + COALESCE(octet_length(given_name), 0)), 2001) = 2001);
CREATE INDEX users_long_status_reason ON users USING btree ("left"(status_reason, 400)) WHERE (LEAST(COALESCE(octet_length(status_reason), 0), 2001) = 2001);
CREATE UNIQUE INDEX users_pkey ON users USING btree (number);

TABLE windows (
  key text COLLATE "C" NOT NULL,
  count bigint NOT NULL,
  ends_at bigint NOT NULL,
)
CREATE UNIQUE INDEX windows_pkey ON windows USING btree (key);

TABLE word_stems (
  stem text COLLATE "C" NOT NULL,
  edits smallint NOT NULL,
  keys integer[] NOT NULL,
)
CREATE INDEX word_stems_keys ON word_stems USING gin (keys);
CREATE UNIQUE INDEX word_stems_pkey ON word_stems USING btree (stem, edits);

TABLE words (
  id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  letters smallint NOT NULL,
  word text COLLATE "C" NOT NULL,
)
CREATE UNIQUE INDEX words_word ON words USING btree (letters, word) INCLUDE (id);

counters: customer, customers, deleted, live, long, number, revision
