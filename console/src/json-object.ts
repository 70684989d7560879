import type { Json } from '@rollcall/sdk'

/** A JSON object. */
export type JsonObject = Readonly<Record<string, Json>>

/** Whether a JSON value is an object: neither a list nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
