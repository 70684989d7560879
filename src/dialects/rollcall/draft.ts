import type { PasswordChange, WriteCondition } from '../../core/directory.ts'
import { invalid } from '../../core/error.ts'
import type { Json, User, UserDraft } from '../../core/user.ts'
import type { Schema } from '../operation.ts'
import * as shape from '../shape.ts'
import type { Shape } from '../shape.ts'

/** A user as a body brings it. What is right for each field is for the core to say, which names the member. */
export interface WrittenUser {
  readonly draft: UserDraft
  /** The version that must be the current one: `revision`, as a read showed it. */
  readonly condition: WriteCondition
  readonly password: PasswordChange
}

const anyObject = shape.object({}, { unknown: 'ignore' })
const revision = shape.integer({ min: 0 })
const password = shape.nullable(shape.string({ lengthMax: Infinity }))

/** A JSON object with what a writer says of a user. */
export function writtenUser(schema: Schema): Shape<WrittenUser> {
  return {
    schema,
    read(value, at) {
      anyObject.read(value, at)
      const { revision: known, password: secret, ...draft } = value as Readonly<Record<string, unknown>>
      const path = (name: string) => (at === '' ? name : `${at}.${name}`)
      return {
        draft: draft,
        condition: known === undefined ? {} : conditionOn(known, path('revision')),
        password: secret === undefined ? {} : { password: password.read(secret, path('password')) },
      }
    },
  }
}

function conditionOn(known: unknown, name: string): WriteCondition {
  return { ifRevision: revision.read(known, name), where: { in: 'body', name } }
}

const EMPTY: Readonly<Record<string, Json>> = { phones: [], permissions: [], tags: {}, attributes: {} }
const MERGED = ['tags', 'attributes', 'picture'] as const

/** Whether a patch reaches into a member, so that what comes of it depends on what is there. */
export function reachesInto(patch: UserDraft): boolean {
  return MERGED.some((member) => isObject(patch[member]))
}

/**
 * What a merge patch (RFC 7396) makes of a user, as a draft of the members it names: maps are merged entry by entry, and
 * null empties a list or map. Without a user there is nothing to merge with.
 */
export function mergedDraft(patch: UserDraft, user: User | undefined): UserDraft {
  return Object.fromEntries(
    Object.entries(patch).map(([name, value]): [string, unknown] => {
      if (value === null) return [name, EMPTY[name] ?? null]
      const before = MERGED.find((member) => member === name)
      return [name, isObject(value) && before ? merge(user?.[before], value, 1) : value]
    }),
  )
}

// RFC 7396 §2. An attribute nested deeper than this is refused wherever it comes from.
const DEPTH_MAX = 64

function merge(target: unknown, patch: object, depth: number): Readonly<Record<string, unknown>> {
  if (depth > DEPTH_MAX) {
    throw invalid('range', 'The body is nested too deeply.', { in: 'body', allowed: `at most ${DEPTH_MAX} levels` })
  }
  const merged = new Map<string, unknown>(Object.entries(isObject(target) ? target : {}))
  for (const [name, value] of Object.entries(patch) as [string, unknown][]) {
    if (value === null) merged.delete(name)
    else merged.set(name, isObject(value) ? merge(merged.get(name), value, depth + 1) : value)
  }
  return Object.fromEntries(merged)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
