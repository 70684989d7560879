import { splitField } from '../../core/field.ts'
import { ANY } from '../../core/filter.ts'
import { foldParts } from '../../core/matches.ts'
import type { Atom, Condition } from '../sql/condition.ts'
import { and, join, raw, sql, type Fragment } from '../sql/fragment.ts'
import { COLUMNS, VALUE_FIELDS, type Column, type ColumnField, type ValueField } from './columns.ts'
import { compile, idText, isSeekable, valueHolds, type CompileContext } from './compile.ts'
import { patternCondition } from './pattern.ts'
import { hasTrigrams, trigramQuestion } from './trigrams.ts'

/** A way to the users a condition may hold for, without a look at the others. Nobody it holds for is missing. */
export interface Candidates {
  /** `SELECT number …`, each number once. */
  readonly numbers: Fragment
  /** The question to the table of trigrams, where that is all there is: it finds users in creation order. */
  readonly question: string | null
}

/** The ways there are: one for each part of a condition of which all must hold. */
export function candidatesOf(condition: Condition, context: CompileContext): readonly Candidates[] {
  if (condition.kind === 'and') return condition.of.flatMap((one) => candidatesOf(one, context))
  if (condition.kind === 'or') return anyOf(condition.of, context)
  if (condition.negated) return []
  const found = atomCandidates(condition.atom, context)
  return found ? [found] : []
}

// A way to any of them must be a way to each of them.
function anyOf(conditions: readonly Condition[], context: CompileContext): readonly Candidates[] {
  const ways = conditions.map((one) => candidatesOf(one, context)[0])
  if (ways.length === 0 || !ways.every((way) => way !== undefined)) return []
  const questions = ways.map(({ question }) => question)
  if (questions.every((question) => question !== null)) {
    return [byQuestion([...new Set(questions)].map((question) => `(${question})`).join(' OR '))]
  }
  return [
    {
      numbers: join(
        ways.map(({ numbers }) => numbers),
        ' UNION ',
      ),
      question: null,
    },
  ]
}

function atomCandidates(atom: Atom, context: CompileContext): Candidates | undefined {
  const where = () => compile({ kind: 'atom', atom, negated: false }, context)
  if (atom.kind === 'subtree') return byIndex('users_customer', where())
  const { name, entry } = splitField(atom.field)
  if (Object.hasOwn(VALUE_FIELDS, name)) return valueCandidates(atom, name as ValueField, entry)
  const column = COLUMNS[name as ColumnField]
  if (column.field === 'status' && atom.kind === 'compare' && atom.op === 'eq' && atom.value === 'deleted') {
    return byIndex('users_live', where())
  }
  if (isSeekable(atom, column)) return byIndex(column.index, where())
  return atom.kind === 'text' ? patternCandidates(atom, column) : undefined
}

function byIndex(index: string | null, where: Fragment): Candidates {
  const by = index === null ? 'NOT INDEXED' : `INDEXED BY ${index}`
  return { numbers: sql`SELECT u.number FROM users u ${raw(by)} WHERE ${where}`, question: null }
}

function byQuestion(question: string): Candidates {
  return { numbers: sql`SELECT rowid AS number FROM user_trigrams WHERE user_trigrams MATCH ${question}`, question }
}

function patternCandidates(atom: Atom & { kind: 'text' }, column: Column): Candidates | undefined {
  const parts = foldParts(atom.parts)
  // Authors are few, and each is looked at once.
  if (column.field === 'createdBy' || column.field === 'updatedBy') {
    const by = raw(column.name)
    const holds = patternCondition(idText(raw('a.id')), parts)
    return {
      numbers: sql`SELECT u.number FROM authors a CROSS JOIN users u ON u.${by} = a.id WHERE ${holds}`,
      question: null,
    }
  }
  const question = hasTrigrams(column.field) ? trigramQuestion(parts) : null
  return question === null ? undefined : byQuestion(question)
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
  return { numbers: sql`SELECT DISTINCT v.number FROM user_values v WHERE ${and(conditions)}`, question: null }
}
