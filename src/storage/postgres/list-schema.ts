import { COLUMNS } from '../sql/columns.ts'
import { lead, LONG_AUTHOR, LONG_COLUMNS, longNames, longText, shortNames, shortText } from './long-texts.ts'

// One for every order a list can be asked for in. With `number` and `live` no row is looked at to find a page or count it.
const SORT_INDEXES = Object.values(COLUMNS)
  .flatMap(({ name, index }) => {
    if (index === null || name === 'id') return []
    const where = LONG_COLUMNS.includes(name) ? ` WHERE ${shortText(name)}` : ''
    return [`CREATE INDEX ${index} ON users (${name}, id) INCLUDE (number, live)${where};`]
  })
  .join('\n')

/** What lists are found, ordered and counted by, besides the rows of users themselves. Part of the first schema. */
export const LIST_SCHEMA = `
-- Which columns ever had a text that is too long for their index, as bits.
INSERT INTO counters VALUES ('long', 0);

CREATE INDEX users_live ON users (number) WHERE live;
CREATE INDEX users_deleted ON users (number) WHERE NOT live;
CREATE INDEX users_customer ON users (customer_id, live, number);
${SORT_INDEXES}
-- The order of people most lists are asked for.
CREATE INDEX users_by_names ON users (family_name, given_name, id) INCLUDE (number, live)
  WHERE ${shortNames('family_name', 'given_name')};

-- What a user is found by, as numbers: below zero hashes of trigrams and values, whose finds are looked at again; above
-- zero words and their beginnings.
CREATE TABLE user_marks (
  number bigint PRIMARY KEY,
  live boolean NOT NULL,
  marks integer[] NOT NULL
);
CREATE INDEX user_marks_marks ON user_marks USING gin (marks);

-- Every word there has been, by length, and every beginning users are looked for by, by its length below zero.
CREATE TABLE words (
  id integer GENERATED ALWAYS AS IDENTITY,
  letters smallint NOT NULL,
  word text COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX words_word ON words (letters, word) INCLUDE (id);

-- The beginnings of words, with the hashes of the keys under which words near them are found.
CREATE TABLE word_stems (
  stem text COLLATE "C" NOT NULL,
  edits smallint NOT NULL,
  keys integer[] NOT NULL,
  PRIMARY KEY (stem, edits)
);
CREATE INDEX word_stems_keys ON word_stems USING gin (keys);

-- Everybody who created or last updated a user, with the key of their name.
CREATE TABLE authors (
  id uuid PRIMARY KEY,
  name text COLLATE "C"
);
CREATE INDEX authors_name ON authors (name, id) WHERE ${shortText(LONG_AUTHOR)};
`

const LONG_INDEXES = LONG_COLUMNS.map(
  (name) => `CREATE INDEX users_long_${name} ON users (${lead(name)}) WHERE ${longText(name)};`,
).join('\n')

/** Orders of texts too long for their indexes: those that begin alike are sorted. */
export const LONG_TEXTS_SCHEMA = `
${LONG_INDEXES}
CREATE INDEX users_long_names ON users (${lead('family_name')}) WHERE ${longNames('family_name', 'given_name')};
CREATE INDEX authors_long_name ON authors (${lead(LONG_AUTHOR)}) WHERE ${longText(LONG_AUTHOR)};
`
