import { nameKey } from '../../core/sort.ts'
import type { User } from '../../core/user.ts'
import { raw, sql } from '../sql/fragment.ts'
import type { Transaction } from './database.ts'
import { integersBytes } from './array-bytes.ts'
import type { Derived } from './derived.ts'
import { rowsOf, runForRows } from './each.ts'
import { longColumns } from './long-texts.ts'
import { openMarkList } from './mark-list.ts'
import type { UserRow } from './user-row.ts'
import type { WordNumbers } from './vocabulary.ts'

/** A user as a commit leaves it, and as it was before the commit; undefined for a new one. */
export interface WrittenUser {
  readonly before: User | undefined
  readonly after: User
  readonly derived: Derived
}

/** The words users are found by. */
export function wordsOf(written: readonly WrittenUser[]): ReadonlySet<string> {
  return new Set(written.flatMap(({ derived }) => derived.words))
}

/** The row of `users` that a user has: what was derived of it, with the number and the revision it has now. */
export function rowOf({ after: { number, revision }, derived: { row } }: WrittenUser): UserRow {
  row.number = number
  row.revision = revision
  return row
}

/**
 * Keeps what lists are found by true to the users a commit has written, each of whom comes once. Their rows, documents and
 * counts are written already. `numbers` are those of their words.
 */
export async function writeListRows(
  transaction: Transaction,
  written: readonly WrittenUser[],
  numbers: Promise<WordNumbers>,
): Promise<void> {
  if (written.length === 0) return
  const long = longColumns(written.map(({ derived: { row } }) => row))
  await Promise.all([
    writeAuthors(transaction, written),
    writeMarks(transaction, written, numbers),
    long === 0 ? undefined : transaction.run(sql`UPDATE counters SET value = value | ${long} WHERE name = 'long'`),
  ])
}

// --- authors

async function writeAuthors(transaction: Transaction, written: readonly WrittenUser[]): Promise<void> {
  const ids = new Set(written.flatMap(({ after }) => [after.createdBy, after.updatedBy]).filter((id) => id !== null))
  const names = written
    .filter(({ before, after }) => !before || nameKey(before) !== nameKey(after))
    .map(({ after }) => ({ id: after.id, name: nameKey(after) }))
  await Promise.all([
    ids.size === 0
      ? undefined
      : transaction.run(sql`${ADD_AUTHORS} (${JSON.stringify([...ids])}) AS a (id)
      LEFT JOIN users u ON u.id = a.id::uuid ON CONFLICT DO NOTHING`),
    runForRows(transaction, NAME_AUTHORS, names),
  ])
}

const NAMED = { id: 'uuid', name: 'text' } as const

const NAME_AUTHORS = {
  name: 'name authors',
  columns: NAMED,
  text: `UPDATE authors a SET name = r.name FROM ${rowsOf(NAMED)} WHERE a.id = r.id AND a.name IS DISTINCT FROM r.name`,
}

// The name as `nameKey` makes it, from the folded names of the user: null where there is none, or no such user.
const ADD_AUTHORS = {
  text: `INSERT INTO authors (id, name) SELECT a.id::uuid, CASE WHEN u.family_name IS NULL AND u.given_name IS NULL THEN NULL
      ELSE coalesce(u.family_name, '') || chr(1) || coalesce(u.given_name, '') END
    FROM json_array_elements_text`,
  values: [],
}

// --- marks

/** Users in one commit from which on it is taken for a part of an import. */
const MANY = 200
// What is new gathers beside the index and is sorted into it together: the more of it, the less each costs, and the longer
// do questions look through it.
// The memory is for sorting it in: with less it is done in as many rounds.
const GATHER_MORE = raw(
  `SELECT set_config('gin_pending_list_limit', '16384', true), set_config('work_mem', '131072', true)`,
)

const list = openMarkList()

async function writeMarks(
  transaction: Transaction,
  written: readonly WrittenUser[],
  numbered: Promise<WordNumbers>,
): Promise<void> {
  const numbers = await numbered
  const marks: ArrayLike<number>[] = []
  let last = 0
  const rows = written.map(({ after: { number, status }, derived: { hashes, words } }) => {
    for (const word of words) for (const mark of numbers.get(word) ?? []) list.add(mark)
    const ordered = list.take()
    // Hashes are below zero.
    marks.push(hashes, ordered)
    // Counted from 1 there, both included.
    const first = last + 1
    last += hashes.length + ordered.length
    return { number, live: status !== 'deleted', first, last }
  })
  await Promise.all([
    written.length >= MANY ? transaction.run(GATHER_MORE) : undefined,
    runForRows(transaction, PUT_MARKS, rows, integersBytes(marks)),
  ])
}

const MARKED = { number: 'bigint', live: 'boolean', first: 'integer', last: 'integer' } as const

// The marks of all users are one array, of which each has a stretch.
const PUT_MARKS = {
  name: 'put marks',
  columns: MARKED,
  text: `INSERT INTO user_marks (number, live, marks)
  SELECT number, live, (?::integer[])[first:last] FROM ${rowsOf(MARKED)}
  ON CONFLICT (number) DO UPDATE SET live = excluded.live, marks = excluded.marks
    WHERE user_marks.live <> excluded.live OR user_marks.marks <> excluded.marks`,
}
