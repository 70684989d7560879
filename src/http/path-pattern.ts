/** A route's path, `/user/v1/users/:id`, as something that tells whether a path is one of its. */
export interface PathPattern {
  /** The parameters, percent-decoded and in their own letter case; undefined when the path is another. */
  match(path: string): Readonly<Record<string, string>> | undefined
}

const PARAMETER = /:(\w+)/g

/** Compiles a pattern. Parameters take one or more characters of a segment, `/*` at the end any path below. */
export function pathPattern(pattern: string, ignoreCase: boolean): PathPattern {
  const [literal, below] = pattern.endsWith('/*') ? [pattern.slice(0, -1), '.*'] : [pattern, '']
  const names = [...literal.matchAll(PARAMETER)].map(([, name = '']) => name)
  const source = literal
    .split(PARAMETER)
    .map((part, index) => (index % 2 === 1 ? '([^/]+)' : part.replace(/[^\w/]/g, '\\$&')))
    .join('')
  const form = new RegExp(`^${source}${below}$`, ignoreCase ? 'i' : '')
  return {
    match(path) {
      const found = form.exec(path)
      if (!found) return undefined
      try {
        return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]))
      } catch {
        return undefined
      }
    },
  }
}
