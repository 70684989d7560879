import type { Fragment } from '../sql/fragment.ts'
import type { Statement } from './connection.ts'

/** Statements that are kept ready on every connection. */
const NAMES_MAX = 200

/** Gives names to statements, so that they are planned once: a text always has the same name. */
export type Naming = (fragment: Fragment) => Statement

/** A naming for one server; once it has given away all its names, statements stay as they are. */
export function openNaming(): Naming {
  const names = new Map<string, string>()
  return ({ text, values }) => {
    let name = names.get(text)
    if (name === undefined && names.size < NAMES_MAX) {
      name = `list ${names.size + 1}`
      names.set(text, name)
    }
    return name === undefined ? { text, values } : { text, values, name }
  }
}
