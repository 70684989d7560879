import type { Json } from '@rollcall/sdk'
import { isObject, type JsonObject } from '../../../json-object.ts'

/** The merge patch (RFC 7396) that makes one object of another. Throws where null is a value, which a patch cannot say. */
export function mergePatch(before: JsonObject, after: JsonObject): JsonObject {
  const patch = new Map<string, Json>()
  for (const name of Object.keys(before)) if (!Object.hasOwn(after, name)) patch.set(name, null)
  for (const [name, value] of Object.entries(after)) {
    const old = Object.hasOwn(before, name) ? before[name] : undefined
    if (JSON.stringify(old) === JSON.stringify(value)) continue
    if (value === null) throw new Error(`${name} is null: leave it out to empty it.`)
    patch.set(name, isObject(value) ? mergePatch(isObject(old) ? old : {}, value) : value)
  }
  return Object.fromEntries(patch)
}
