import { createHash } from 'node:crypto'
import type { Fragment } from '../sql/fragment.ts'
import type { Statement } from './connection.ts'

/** Statements that are kept ready on every connection. */
const NAMES_MAX = 200

/** Gives names to statements, so that they are planned once: the name of a text is its digest. */
export type Naming = (fragment: Fragment) => Statement

/** A naming for one server; once it has given away all its names, statements stay as they are. */
export function openNaming(): Naming {
  const names = new Map<string, string>()
  return ({ text, values }) => {
    let name = names.get(text)
    if (name === undefined && names.size < NAMES_MAX) {
      name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
      names.set(text, name)
    }
    return name === undefined ? { text, values } : { text, values, name }
  }
}
