import type { User } from '@rollcall/sdk'
import { PROFILE_FIELDS, type ProfileField } from './profile-fields.ts'
import { textsOf, type Texts } from './profile-texts.ts'

/** Whose version of a field: that of the form, or that of the directory. */
export type Side = 'mine' | 'theirs'

/** A field that somebody changed: in the form, in the directory, or in both. */
export interface ConflictLine {
  readonly field: ProfileField
  readonly mine: string
  readonly theirs: string
  /** What is kept unless something else is said: one's own change, and theirs where one changed nothing. */
  readonly usual: Side
  readonly isBoth: boolean
}

/** Where a form and the directory have come apart since the form was begun. Equal changes are none. */
export function conflictLines(base: User, mine: Texts, theirs: User): readonly ConflictLine[] {
  const before = textsOf(base)
  const now = textsOf(theirs)
  return PROFILE_FIELDS.flatMap((field): readonly ConflictLine[] => {
    const [was = '', own = '', other = ''] = [before[field.name], mine[field.name], now[field.name]]
    if (own === other) return []
    const isMine = own !== was
    return [{ field, mine: own, theirs: other, usual: isMine ? 'mine' : 'theirs', isBoth: isMine && other !== was }]
  })
}

/** A field of which somebody has made something else. */
export interface Difference {
  readonly field: ProfileField
  readonly before: string
  readonly after: string
}

/** The fields in which two versions of a user differ. */
export function differences(before: User, after: User): readonly Difference[] {
  const [was, is] = [textsOf(before), textsOf(after)]
  return PROFILE_FIELDS.map((field) => ({ field, before: was[field.name] ?? '', after: is[field.name] ?? '' })).filter(
    (one) => one.before !== one.after,
  )
}

/** The form after it was chosen which side of each line is kept. */
export function resolved(
  mine: Texts,
  theirs: User,
  lines: readonly ConflictLine[],
  sideOf: (line: ConflictLine) => Side,
): Texts {
  const own = lines.filter((line) => sideOf(line) === 'mine').map(({ field }) => [field.name, mine[field.name] ?? ''])
  return { ...textsOf(theirs), ...(Object.fromEntries(own) as Texts) }
}
