import type { Filter } from '../../core/filter.ts'

/** A filter that is neither made of others nor turned round. */
export type Atom = Exclude<Filter, { readonly kind: 'all' | 'any' | 'not' }>

/**
 * A filter with its negations moved down to the atoms, so that no engine has to negate SQL's third value, and with
 * neighbouring kinds merged. `and` of nothing is everyone, `or` of nothing nobody.
 */
export type Condition =
  | { readonly kind: 'and'; readonly of: readonly Condition[] }
  | { readonly kind: 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'atom'; readonly atom: Atom; readonly negated: boolean }

export const TRUE: Condition = { kind: 'and', of: [] }
export const FALSE: Condition = { kind: 'or', of: [] }

/** The condition a filter is. */
export function conditionFrom(filter: Filter, negated = false): Condition {
  switch (filter.kind) {
    case 'not':
      return conditionFrom(filter.of, !negated)
    case 'all':
    case 'any': {
      const kind = (filter.kind === 'all') === negated ? 'or' : 'and'
      return joined(
        kind,
        filter.of.map((one) => conditionFrom(one, negated)),
      )
    }
    default:
      return { kind: 'atom', atom: filter, negated }
  }
}

/** The condition that all (`and`) or any (`or`) of the conditions hold, without constants in it. */
export function joined(kind: 'and' | 'or', conditions: readonly Condition[]): Condition {
  const of: Condition[] = []
  for (const condition of conditions) {
    if (condition.kind === kind) of.push(...condition.of)
    else if (isConstant(condition)) return condition
    else of.push(condition)
  }
  const [only] = of
  return only && of.length === 1 ? only : { kind, of }
}

/** Whether a condition is everyone or nobody. */
export function isConstant(condition: Condition): boolean {
  return condition.kind !== 'atom' && condition.of.length === 0
}

/** The conditions that must all hold. */
export function conjuncts(condition: Condition): readonly Condition[] {
  return condition.kind === 'and' ? condition.of : [condition]
}

/** Whether a condition is that a user is not deleted. */
export function isLive(condition: Condition): boolean {
  return condition.kind === 'atom' && condition.negated && isDeletedQuestion(condition.atom)
}

/** Whether an atom asks for deleted users, and nothing else. */
export function isDeletedQuestion(atom: Atom): boolean {
  return atom.kind === 'compare' && atom.field === 'status' && atom.op === 'eq' && atom.value === 'deleted'
}
