import { splitField } from '../../core/field.ts'
import { ANY } from '../../core/filter.ts'
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
  return { numbers: union(ways.map((way) => way.numbers)), isExact: false, question: null }
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
  if (atom.kind === 'subtree') return byIndex('users_customer', where(), live)
  const { name, entry } = splitField(atom.field)
  if (Object.hasOwn(VALUE_FIELDS, name)) return valueCandidates(atom, name as ValueField, entry)
  const column = COLUMNS[name as ColumnField]
  if (isDeletedQuestion(atom)) return byIndex('users_live', where(), live)
  if (isSeekable(atom, column)) return byIndex(column.index, where(), live)
  return atom.kind === 'text' ? patternCandidates(atom, column, where(), live) : undefined
}

function byIndex(index: string | null, where: Fragment, live: boolean): Candidates {
  const by = raw(index === null ? 'NOT INDEXED' : `INDEXED BY ${index}`)
  const all = live ? and([where, LIVE_ROW]) : where
  return { numbers: sql`SELECT u.number AS number FROM users u ${by} WHERE ${all}`, isExact: true, question: null }
}

function byQuestion(question: string): Candidates {
  const numbers = sql`SELECT rowid AS number FROM user_trigrams WHERE user_trigrams MATCH ${question}`
  return { numbers, isExact: false, question }
}

function patternCandidates(
  atom: Atom & { kind: 'text' },
  column: Column,
  where: Fragment,
  live: boolean,
): Candidates | undefined {
  const parts = foldParts(atom.parts)
  // Authors are few, and each is looked at once.
  if (column.field === 'createdBy' || column.field === 'updatedBy') {
    const holds = patternCondition(idText(raw('a.id')), parts)
    const numbers = sql`SELECT u.number AS number
      FROM authors a CROSS JOIN users u ON u.${raw(column.name)} = a.id WHERE ${holds}`
    return { numbers, isExact: false, question: null }
  }
  const question = hasTrigrams(column.field) ? trigramQuestion(parts) : null
  if (question !== null) return byQuestion(question)
  // All of a narrow index is read sooner than all users.
  return column.kind === 'text' && parts.some((part) => part !== ANY) ? byIndex(column.index, where, live) : undefined
}

function valueCandidates(
  atom: Exclude<Atom, { kind: 'subtree' }>,
  name: ValueField,
  entry: string | null,
): Candidates | undefined {
  if (atom.kind === 'present') return undefined
  if (atom.kind === 'text' && atom.parts[0] === ANY) {
    const question = hasTrigrams(name) ? trigramQuestion(foldParts(atom.parts)) : null
    return question === null ? undefined : byQuestion(question)
  }
  const conditions = [raw(`v.field = ${VALUE_FIELDS[name]}`), valueHolds(atom, raw('v.folded'))]
  if (entry !== null) conditions.push(sql`v.entry = ${entry}`)
  const numbers = sql`SELECT DISTINCT v.number AS number FROM user_values v WHERE ${and(conditions)}`
  return { numbers, isExact: false, question: null }
}
