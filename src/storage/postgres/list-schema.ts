/** What lists are found, ordered and counted by, besides the rows of users themselves. Part of the first schema. */
export const LIST_SCHEMA = `
-- Keys of phones, permissions, tags and attributes, to find users by.
CREATE TABLE user_values (
  field smallint NOT NULL,
  folded text COLLATE "C" NOT NULL,
  entry text COLLATE "C" NOT NULL,
  number bigint NOT NULL
);

-- Everybody who created or last updated a user, with the key of their name.
CREATE TABLE authors (
  id uuid PRIMARY KEY,
  name text COLLATE "C"
);
`
