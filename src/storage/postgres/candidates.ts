import { splitField } from '../../core/field.ts'
import { ANY } from '../../core/filter.ts'
import { foldParts } from '../../core/matches.ts'
import { COLUMNS, VALUE_FIELDS, type Column, type ColumnField } from '../sql/columns.ts'
import { conjuncts, isDeletedQuestion, isLive, type Atom, type Condition } from '../sql/condition.ts'
import { ALWAYS, and, join, raw, sql, type Fragment } from '../sql/fragment.ts'
import { compile, LIVE_ROW, type CompileContext } from './compile.ts'
import { hasMarks, markQuestion, SETS_MAX, type MarkQuestion } from './mark-question.ts'
import { numberText, patternCondition } from './pattern.ts'

/** A way to the users a condition may hold for, without a look at the others. Nobody it holds for is missing. */
export interface Candidates {
  /** `SELECT … AS number …`, each number once. */
  readonly numbers: Fragment
  /** The condition on a row `u` of `users` that it is among them, where the condition they are for does not say so. */
  readonly where: Fragment
}

/** The ways to a condition: one for each of its parts that has one. */
export function candidatesOf(condition: Condition, context: CompileContext): readonly Candidates[] {
  const all = conjuncts(condition)
  const others = all.filter((one) => !isLive(one))
  const live = others.length < all.length
  const ways = others.flatMap((one) => wayTo(one, context) ?? [])
  const marked = ways.flatMap((way) => (way.kind === 'marks' ? [hasMarks(way.question)] : []))
  const own = ways.flatMap((way) => (way.kind === 'rows' ? [ownRows(way, live)] : []))
  const unions = ways.flatMap((way) => (way.kind === 'union' ? [union(way.of)] : []))
  return [...(marked.length > 0 ? [byMarks(and(marked), live)] : []), ...own, ...unions]
}

/**
 * A way to one condition: by marks, by an index of `users` — where the condition may say so itself —, or by several ways
 * together.
 */
type Way =
  | { readonly kind: 'marks'; readonly question: MarkQuestion }
  | { readonly kind: 'rows'; readonly where: Fragment; readonly isSaid: boolean }
  | { readonly kind: 'union'; readonly of: readonly Way[] }

function wayTo(condition: Condition, context: CompileContext): Way | undefined {
  if (condition.kind === 'atom') return condition.negated ? undefined : atomWay(condition.atom, context)
  if (condition.kind === 'and') return condition.of.flatMap((one) => wayTo(one, context) ?? [])[0]
  // A way to any of them must be a way to each of them.
  const ways = condition.of.map((one) => wayTo(one, context))
  if (ways.length === 0 || ways.length > SETS_MAX || !ways.every((way) => way !== undefined)) return undefined
  const sets = ways.flatMap((way) => (way.kind === 'marks' ? way.question : []))
  if (ways.every(({ kind }) => kind === 'marks')) {
    const distinct = [...new Map(sets.map((set) => [set.join(), set])).values()]
    return distinct.length > SETS_MAX ? undefined : { kind: 'marks', question: distinct }
  }
  return { kind: 'union', of: ways }
}

function atomWay(atom: Atom, context: CompileContext): Way | undefined {
  const rows = (): Way => ({
    kind: 'rows',
    where: compile({ kind: 'atom', atom, negated: false }, context),
    isSaid: true,
  })
  if (atom.kind === 'subtree') return rows()
  const question = markQuestion(atom)
  const { name } = splitField(atom.field)
  const column = Object.hasOwn(VALUE_FIELDS, name) ? undefined : COLUMNS[name as ColumnField]
  if (column && isSeekable(atom, column)) return rows()
  if (question) return question.length === 0 ? undefined : { kind: 'marks', question }
  return column && atom.kind === 'text' ? authorWay(atom, column) : undefined
}

// Authors are few, and each is looked at once.
function authorWay(atom: Atom & { kind: 'text' }, { name, field }: Column): Way | undefined {
  if (field !== 'createdBy' && field !== 'updatedBy') return undefined
  const holds = patternCondition(numberText(raw('a.id')), foldParts(atom.parts))
  const where = sql`u.${raw(name)} = ANY (ARRAY(SELECT a.id FROM authors a WHERE ${holds}))`
  return { kind: 'rows', where, isSaid: false }
}

/** Whether the condition of an atom on a column is a range of the column's index, or a few of them. */
function isSeekable(atom: Exclude<Atom, { kind: 'subtree' }>, { kind }: Column): boolean {
  switch (atom.kind) {
    case 'present':
      return false
    case 'compare':
      return (
        isDeletedQuestion(atom) || kind !== 'integer' || (typeof atom.value === 'number' && !Number.isNaN(atom.value))
      )
    case 'in':
      return true
    case 'text':
      return kind !== 'integer' && kind !== 'instant' && atom.parts.length > 0 && foldParts(atom.parts)[0] !== ANY
  }
}

function byMarks(where: Fragment, live: boolean): Candidates {
  return byNumbers(sql`SELECT m.number FROM user_marks m WHERE ${live ? and([raw('m.live'), where]) : where}`)
}

function ownRows({ where, isSaid }: Way & { readonly kind: 'rows' }, live: boolean): Candidates {
  const all = live ? and([where, LIVE_ROW]) : where
  return { numbers: sql`SELECT u.number FROM users u WHERE ${all}`, where: isSaid ? ALWAYS : where }
}

function union(ways: readonly Way[]): Candidates {
  return byNumbers(join(ways.map(numbersOf), ' UNION '))
}

/** Candidates found elsewhere. As an array, so that their rows are looked up one by one, whatever is thought of their number. */
export function byNumbers(numbers: Fragment): Candidates {
  return { numbers, where: sql`u.number = ANY (ARRAY(${numbers}))` }
}

function numbersOf(way: Way): Fragment {
  if (way.kind === 'marks') return sql`SELECT m.number FROM user_marks m WHERE ${hasMarks(way.question)}`
  if (way.kind === 'rows') return sql`SELECT u.number FROM users u WHERE ${way.where}`
  return sql`SELECT c.number FROM (${join(way.of.map(numbersOf), ' UNION ')}) c`
}
