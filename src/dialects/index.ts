import { devrev } from './devrev/index.ts'
import type { Dialect } from './dialect.ts'
import type { DialectSettings } from './settings.ts'

/** Every dialect Rollcall speaks, in the order in which they are asked whose an unknown path is. */
export function dialects(settings: DialectSettings): readonly Dialect[] {
  return [devrev(settings.devrev)]
}
