import type { MatchField } from '../../../core/directory.ts'
import { fold } from '../../../core/text.ts'
import type { UserDraft } from '../../../core/user.ts'
import type { RowOutcome } from './outcome.ts'

/**
 * What a dry run on a server cannot know, since it writes nothing: that a later row of the file meets the user an
 * earlier row would have made. Takes rows and their outcomes in order. Without a match every row is a user of its own.
 */
export function openForesight(match: MatchField | null): (draft: UserDraft, outcome: RowOutcome) => RowOutcome {
  const made = { identifier: new Map<string, string>(), email: new Map<string, string>() }
  const matched = new Set<string>()
  let rows = 0
  return (draft, outcome) => {
    rows += 1
    if (outcome.outcome !== 'created' || draft.status === 'deleted') return outcome
    const identifier = draft.identifier ?? draft.email ?? ''
    const key = match === null ? String(rows) : fold((match === 'identifier' ? identifier : draft[match]) ?? '')
    if (matched.has(key)) return { outcome: 'updated' }
    for (const [field, value] of [
      ['identifier', identifier],
      ['email', draft.email ?? ''],
    ] as const) {
      const owner = value === '' ? undefined : made[field].get(fold(value))
      if (owner !== undefined && owner !== key) {
        return { outcome: 'refused', reason: `The ${field} is in use.`, field }
      }
    }
    made.identifier.set(fold(identifier), key)
    if (draft.email) made.email.set(fold(draft.email), key)
    matched.add(key)
    return outcome
  }
}
