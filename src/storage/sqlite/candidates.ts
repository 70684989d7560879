import { splitField } from '../../core/field.ts'
import { ANY, type TextPart } from '../../core/filter.ts'
import { foldParts } from '../../core/matches.ts'
import { conjuncts, isDeletedQuestion, isLive, type Atom, type Condition } from '../sql/condition.ts'
import { and, join, raw, sql, type Fragment } from '../sql/fragment.ts'
import { COLUMNS, VALUE_FIELDS, type Column, type ColumnField, type ValueField } from '../sql/columns.ts'
import { compile, idText, isSeekable, LIVE_ROW, valueHolds, type CompileContext } from './compile.ts'
import { patternCondition } from './pattern.ts'
import { hasTrigrams } from '../sql/trigrams.ts'
import { trigramQuestion } from './trigrams.ts'

/** A way to the users a condition may hold for, without a look at the others. Nobody it holds for is missing. */
export interface Candidates {
  /** `SELECT … AS number …`, each number once. */
  readonly numbers: Fragment
  /** Whether the condition holds for all of them. */
  readonly isExact: boolean
  /** Whether many more may have to be looked at than are found. */
  readonly scans: boolean
  /** The question to the table of trigrams, where that is all there is: it finds users in creation order. */
  readonly question: string | null
}

/** The ways to a condition: one for each of its parts that has one. */
export function candidatesOf(condition: Condition, context: CompileContext): readonly Candidates[] {
  const all = conjuncts(condition)
  const others = all.filter((one) => !isLive(one))
  const live = others.length < all.length
  return others.flatMap((one) => {
    const found = candidatesFor(one, live, context)
    return found ? [{ ...found, isExact: found.isExact && others.length === 1 }] : []
  })
}

// Where only live users are asked for, an index that knows them leaves the others out.
function candidatesFor(condition: Condition, live: boolean, context: CompileContext): Candidates | undefined {
  if (condition.kind === 'or') return anyOf(condition.of, live, context)
  if (condition.kind === 'and') return conjuncts(condition).flatMap((one) => candidatesFor(one, live, context) ?? [])[0]
  return condition.negated ? undefined : atomCandidates(condition.atom, live, context)
}

// A way to any of them must be a way to each of them.
function anyOf(conditions: readonly Condition[], live: boolean, context: CompileContext): Candidates | undefined {
  const ways = conditions.map((one) => candidatesFor(one, live, context))
  if (ways.length === 0 || !ways.every((way) => way !== undefined)) return undefined
  const questions = ways.map(({ question }) => question)
  if (questions.every((question) => question !== null)) {
    return byQuestion([...new Set(questions)].map((question) => `(${question})`).join(' OR '))
  }
  const scans = ways.some((way) => way.scans)
  return { numbers: union(ways.map((way) => way.numbers)), isExact: false, scans, question: null }
}

/** SQLite takes 500 parts in one union. */
const UNION_MAX = 100

function union(numbers: readonly Fragment[]): Fragment {
  if (numbers.length <= UNION_MAX) return join(numbers, ' UNION ')
  const groups: Fragment[] = []
  for (let at = 0; at < numbers.length; at += UNION_MAX) {
    groups.push(sql`SELECT number FROM (${join(numbers.slice(at, at + UNION_MAX), ' UNION ')})`)
  }
  return union(groups)
}

function atomCandidates(atom: Atom, live: boolean, context: CompileContext): Candidates | undefined {
  const where = () => compile({ kind: 'atom', atom, negated: false }, context)
  const by = (index: string | null, scans = false) => byIndex(index, where(), { live, scans, context })
  if (atom.kind === 'subtree') return by('users_customer')
  const { name, entry } = splitField(atom.field)
  if (Object.hasOwn(VALUE_FIELDS, name)) return valueCandidates(atom, name as ValueField, entry, context)
  const column = COLUMNS[name as ColumnField]
  if (isDeletedQuestion(atom)) return by('users_live')
  if (isSeekable(atom, column)) return by(column.index, atom.kind === 'text' && !isRange(atom.parts))
  return atom.kind === 'text' ? patternCandidates(atom, column, by) : undefined
}

// Whether a pattern is all that begins with a text, or a text itself.
function isRange(parts: readonly TextPart[]): boolean {
  return parts.length === 1 || (parts.length === 2 && parts[1] === ANY)
}

interface Reading {
  readonly live: boolean
  readonly scans: boolean
  readonly context: CompileContext
}

function byIndex(index: string | null, where: Fragment, { live, scans, context }: Reading): Candidates {
  const by = raw(index === null ? 'NOT INDEXED' : `INDEXED BY ${index}`)
  const all = [...context.inTime('u.number'), where, ...(live ? [LIVE_ROW] : [])]
  const numbers = sql`SELECT u.number AS number FROM users u ${by} WHERE ${all.length === 1 ? where : and(all)}`
  return { numbers, isExact: true, scans, question: null }
}

function byQuestion(question: string): Candidates {
  const numbers = sql`SELECT rowid AS number FROM user_trigrams WHERE user_trigrams MATCH ${question}`
  return { numbers, isExact: false, scans: false, question }
}

function patternCandidates(
  atom: Atom & { kind: 'text' },
  column: Column,
  by: (index: string | null, scans: boolean) => Candidates,
): Candidates | undefined {
  const parts = foldParts(atom.parts)
  // Authors are few, and each is looked at once.
  if (column.field === 'createdBy' || column.field === 'updatedBy') {
    const holds = patternCondition(idText(raw('a.id')), parts)
    const numbers = sql`SELECT u.number AS number
      FROM authors a CROSS JOIN users u ON u.${raw(column.name)} = a.id WHERE ${holds}`
    return { numbers, isExact: false, scans: false, question: null }
  }
  const question = hasTrigrams(column.field) ? trigramQuestion(parts) : null
  if (question !== null) return byQuestion(question)
  // All of a narrow index is read sooner than all users.
  return column.kind === 'text' && parts.some((part) => part !== ANY) ? by(column.index, true) : undefined
}

function valueCandidates(
  atom: Exclude<Atom, { kind: 'subtree' }>,
  name: ValueField,
  entry: string | null,
  context: CompileContext,
): Candidates | undefined {
  if (atom.kind === 'present') return undefined
  if (atom.kind === 'text' && atom.parts[0] === ANY) {
    const question = hasTrigrams(name) ? trigramQuestion(foldParts(atom.parts)) : null
    if (question !== null) return byQuestion(question)
  }
  // Where there is nothing to look up, all values of the field are read sooner than all users.
  const conditions = [
    ...context.inTime('v.number'),
    raw(`v.field = ${VALUE_FIELDS[name]}`),
    valueHolds(atom, raw('v.folded')),
  ]
  if (entry !== null) conditions.push(sql`v.entry = ${entry}`)
  const numbers = sql`SELECT DISTINCT v.number AS number FROM user_values v WHERE ${and(conditions)}`
  const scans = atom.kind === 'text' && !isRange(atom.parts)
  return { numbers, isExact: false, scans, question: null }
}
