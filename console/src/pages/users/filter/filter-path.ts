import { groupOf, isGroup, type Filter, type Group } from './filter.ts'

/** The place of a filter in a group: the index in it, then the index in that group, and so on. */
export type Path = readonly number[]

/** The group with what stands at a path put anew; undefined takes it out, and a group that is left with one gives way to it. */
export function withAt(group: Group, path: Path, next: Filter | undefined): Group {
  const [index, ...rest] = path
  if (index === undefined) return groupOf(next)
  const of = group.of.flatMap((one, at) => {
    if (at !== index) return [one]
    if (rest.length === 0) return next === undefined ? [] : [next]
    const inner = withAt(innerGroup(one), rest, next)
    const [only] = inner.of
    const kept = inner.of.length > 1 || only === undefined ? inner : only
    if (inner.of.length === 0) return []
    return [one.kind === 'not' ? ({ kind: 'not', of: kept } as const) : kept]
  })
  return { kind: group.kind, of }
}

/** How the group joins its filters in which a path ends. */
export function jointAt(group: Group, path: Path): Group['kind'] {
  const [index, ...rest] = path
  const inner = index === undefined ? undefined : group.of[index]
  if (rest.length === 0 || inner === undefined) return group.kind
  const next = inner.kind === 'not' ? inner.of : inner
  return isGroup(next) ? jointAt(next, rest) : group.kind
}

function innerGroup(filter: Filter): Group {
  return filter.kind === 'not' ? groupOf(filter.of) : groupOf(filter)
}
