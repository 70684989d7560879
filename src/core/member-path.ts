/**
 * The dotted path of a member within another, or at the top where `at` is empty: `users.3.email`. A dot or a backslash
 * that is part of a name stands behind a backslash, so that a path has one reading.
 */
export function memberPath(at: string, name: string): string {
  const escaped = name.replace(/[.\\]/g, '\\$&')
  return at === '' ? escaped : `${at}.${escaped}`
}

/** The names along a dotted path, from the outside in. */
export function memberNames(path: string): readonly string[] {
  return (path.match(/(?:^|\.)(?:\\[^]|[^.\\])*/g) ?? []).map((part, index) =>
    (index === 0 ? part : part.slice(1)).replace(/\\([^])/g, '$1'),
  )
}
