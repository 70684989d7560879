import { splitField } from '../../core/field.ts'
import { ANY } from '../../core/filter.ts'
import { foldParts } from '../../core/matches.ts'
import { fold } from '../../core/text.ts'
import { VALUE_FIELDS, type ValueField } from '../sql/columns.ts'
import type { Atom } from '../sql/condition.ts'
import { or, sql, type Fragment } from '../sql/fragment.ts'
import { hasTrigrams } from '../sql/trigrams.ts'
import { arrayText } from './array-text.ts'
import { entryMark, patternMarks, valueMark, wholeText } from './marks.ts'

/** Those who have all of the marks of any of these sets: nobody an atom holds for is missing. */
export type MarkQuestion = readonly (readonly number[])[]

/** Sets of marks in one question; more are not looked up. */
export const SETS_MAX = 64

/** What marks say of an atom, if they say anything. */
export function markQuestion(atom: Exclude<Atom, { kind: 'subtree' }>): MarkQuestion | undefined {
  const { name, entry } = splitField(atom.field)
  if (Object.hasOwn(VALUE_FIELDS, name)) return valueQuestion(atom, name as ValueField, entry)
  return atom.kind === 'text' && hasTrigrams(name) ? byPattern(name, atom) : undefined
}

/** The condition on a row `m` of `user_marks` that a question asks. */
export function hasMarks(question: MarkQuestion): Fragment {
  if (question.length > 1 && question.every(({ length }) => length === 1)) {
    return sql`m.marks && ${arrayText(question.flat())}::integer[]`
  }
  return or(question.map((set) => sql`m.marks @> ${arrayText(set)}::integer[]`))
}

function byPattern(name: string, atom: Atom & { kind: 'text' }): MarkQuestion | undefined {
  const marks = patternMarks(name, foldParts(atom.parts))
  return marks.length === 0 ? undefined : [marks]
}

function valueQuestion(atom: Exclude<Atom, { kind: 'subtree' }>, name: ValueField, entry: string | null) {
  const field = VALUE_FIELDS[name]
  const having = entry === null ? undefined : [[entryMark(field, entry)]]
  switch (atom.kind) {
    case 'compare':
      return atom.op === 'eq' ? [[valueMark(field, entry, fold(String(atom.value)))]] : having
    case 'in': {
      const texts = atom.values.filter((value) => typeof value === 'string')
      return texts.length > SETS_MAX ? having : texts.map((text) => [valueMark(field, entry, fold(text))])
    }
    case 'text': {
      const parts = foldParts(atom.parts)
      const whole = parts.includes(ANY) ? null : wholeText(parts)
      if (whole !== null) return [[valueMark(field, entry, whole)]]
      return (hasTrigrams(name) ? byPattern(name, atom) : undefined) ?? having
    }
    case 'present':
      return having
  }
}
