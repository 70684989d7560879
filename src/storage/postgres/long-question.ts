import type { Comparison } from '../../core/filter.ts'
import { foldParts } from '../../core/matches.ts'
import { fold, isStorable } from '../../core/text.ts'
import type { Column } from '../sql/columns.ts'
import type { Atom } from '../sql/condition.ts'
import { and, NEVER, or, raw, sql, type Fragment, type SqlValue } from '../sql/fragment.ts'
import { textEnd } from '../sql/text-end.ts'
import { arrayText } from './array-text.ts'
import { hasLong, isLong, lead, leadOf, LONG_COLUMNS, longText, shortText } from './long-texts.ts'

type ColumnAtom = Exclude<Atom, { readonly kind: 'subtree' }>

/**
 * The condition of an atom on a column, said so that indexes may answer it: apart for the texts that the index of the column's
 * order has, and for those that are too long for it. `holds` is the condition, and `long` the counter of columns with such texts.
 */
export function longColumnQuestion(
  atom: ColumnAtom,
  { name }: Column,
  holds: Fragment,
  { long }: { readonly long: number },
): Fragment {
  if (holds === NEVER || !LONG_COLUMNS.includes(name)) return holds
  const short = () => and([raw(shortText(`u.${name}`)), holds])
  if (!hasLong(long, name)) return short()
  const longOnes = (bounds: readonly Fragment[]) => and([raw(longText(`u.${name}`)), ...bounds, holds])
  const bounds = boundsOf(atom, raw(lead(`u.${name}`)))
  if (!bounds) return holds
  const { isShort, isLong, leads } = bounds
  return or([...(isShort ? [short()] : []), ...(isLong ? [longOnes(leads)] : [])])
}

/** Which texts an atom may hold for, and the bounds of the leads of long ones. */
interface Bounds {
  readonly isShort: boolean
  readonly isLong: boolean
  readonly leads: readonly Fragment[]
}

// Undefined where no index of the column helps.
function boundsOf(atom: ColumnAtom, lead: Fragment): Bounds | undefined {
  switch (atom.kind) {
    case 'present':
      return undefined
    case 'compare':
      return atom.op === 'eq' ? ofTexts([atom.value], lead) : ofRange(atom.op, fold(String(atom.value)), lead)
    case 'in':
      return ofTexts(atom.values, lead)
    case 'text': {
      const parts = foldParts(atom.parts)
      const [start] = parts
      if (typeof start !== 'string') return undefined
      if (parts.length === 1) return ofTexts([start], lead)
      const end = textEnd(leadOf(start))
      const leads = [sql`${lead} >= ${leadOf(start)}`, ...(end === null ? [] : [sql`${lead} < ${end}`])]
      return { isShort: !isLong(start), isLong: true, leads }
    }
  }
}

function ofTexts(values: readonly SqlValue[], lead: Fragment): Bounds {
  const texts = values.map((value) => fold(String(value)))
  const long = texts.filter((text) => isLong(text) && isStorable(text))
  return {
    isShort: long.length < texts.length,
    isLong: long.length > 0,
    leads: [sql`${lead} = ANY (${arrayText(long.map(leadOf))}::text[])`],
  }
}

function ofRange(op: Exclude<Comparison, 'eq'>, value: string, lead: Fragment): Bounds {
  const bound = raw(op === 'gt' || op === 'ge' ? '>=' : '<=')
  return { isShort: true, isLong: true, leads: isStorable(value) ? [sql`${lead} ${bound} ${leadOf(value)}`] : [] }
}
