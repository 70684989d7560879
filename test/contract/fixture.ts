import { readFileSync } from 'node:fs'
import {
  choice,
  integer,
  list,
  map,
  object,
  optional,
  string,
  type Shape,
  type ShapeOf,
} from '../../src/dialects/shape.ts'
import { ROLES } from '../seed.ts'

const text = string({ lengthMax: Infinity })
const anything: Shape<unknown> = { schema: {}, read: (value) => value }
const headers = map(text, { lengthMax: 64 })

const request = object({
  method: text,
  path: text,
  headers: optional(headers),
  body: optional(anything),
})

const expect = object({
  status: integer({ min: 200, max: 599 }),
  headers: optional(map(anything as Shape<string | null>, { lengthMax: 64 })),
  body: anything,
})

const given = object({
  rateLimits: optional(choice(['vendor', 'spent'])),
  fault: optional(choice(['store', 'closed'])),
  settings: optional(map(map(text, { lengthMax: 16 }), { lengthMax: 16 })),
  repeat: optional(integer({ min: 2, max: 10_000 })),
})

const about = { about: text, source: text, as: choice(ROLES), given: optional(given) } as const
const single = object({ ...about, request, expect })
const several = object({
  ...about,
  steps: list(object({ as: optional(choice(ROLES)), request, expect }), { lengthMax: 16 }),
})

/** What stands in a fixture file; README.md says what it means. */
export type Given = ShapeOf<typeof given>
export type Expected = ShapeOf<typeof expect>
export type FixtureRequest = ShapeOf<typeof request>
export type Step = ShapeOf<typeof several>['steps'][number]

/** One fixture with its exchanges; a file that holds a single one has one step. */
export interface Fixture extends Omit<ShapeOf<typeof several>, 'steps'> {
  readonly steps: readonly Step[]
}

/** Reads a fixture file. Throws, naming the member, for anything the format does not know. */
export function readFixture(file: URL): Fixture {
  const content = JSON.parse(readFileSync(file, 'utf8')) as object
  if ('steps' in content) return several.read(content, '')
  const { request: sent, expect: expected, ...rest } = single.read(content, '')
  return { ...rest, steps: [{ request: sent, expect: expected }] }
}
