import { kindOf } from '../../../directory/user-fields.ts'
import type { Comparison } from './filter.ts'

/** What may be asked of a field, in the words of a menu. */
export interface Operator {
  readonly id: Comparison | 'in' | 'present' | 'absent'
  readonly label: string
}

const IS = { id: 'in', label: 'is' } as const
const IS_NOT = { id: 'ne', label: 'is not' } as const
const PRESENCE = [
  { id: 'present', label: 'has a value' },
  { id: 'absent', label: 'has no value' },
] as const
const TEXT = [
  IS,
  { id: 'co', label: 'contains' },
  { id: 'sw', label: 'starts with' },
  { id: 'ew', label: 'ends with' },
  IS_NOT,
] as const
const NUMBER = [
  IS,
  IS_NOT,
  { id: 'gt', label: 'is more than' },
  { id: 'ge', label: 'is at least' },
  { id: 'lt', label: 'is less than' },
  { id: 'le', label: 'is at most' },
] as const
const MOMENT = [
  { id: 'ge', label: 'is at or after' },
  { id: 'lt', label: 'is before' },
] as const

/** The questions that a field can be asked, as its kind compares; where it may have no value, also whether it has one. */
export function operatorsOf(field: string, isNullable: boolean): readonly Operator[] {
  const kind = kindOf(field)
  const own = kind === 'integer' ? NUMBER : kind === 'instant' ? MOMENT : kind === 'word' ? [IS, IS_NOT] : TEXT
  return isNullable ? [...own, ...PRESENCE] : own
}
