import { alvys } from './alvys/index.ts'
import { d3lay } from './d3lay/index.ts'
import { devrev } from './devrev/index.ts'
import type { Dialect } from './dialect.ts'
import { nameshield } from './nameshield/index.ts'
import { plaspy } from './plaspy/index.ts'
import { rollcall } from './rollcall/index.ts'
import type { DialectSettings } from './settings.ts'

/** Every dialect Rollcall speaks, in the order in which they are asked whose an unknown path is. */
export function dialects(settings: DialectSettings): readonly Dialect[] {
  const vendors = [alvys(settings.alvys), nameshield(settings.nameshield), d3lay(), devrev(settings.devrev), plaspy()]
  return [...vendors, rollcall(vendors)]
}
