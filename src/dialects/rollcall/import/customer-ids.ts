import { fold } from '../../../core/text.ts'

/** The customer an id stands for, whether there is one or not: for callers who may not list them. */
export function customerIdOf(id: string): number | undefined {
  return /^[1-9]\d{0,15}$/.test(id) ? Number(id) : undefined
}

/** Finds customers by code, whatever its letter case, or by id; where both would do, the code wins. */
export function customerIds(
  customers: readonly { readonly id: number; readonly code: string }[],
): (idOrCode: string) => number | undefined {
  const ids = new Map<string, number>()
  for (const { id } of customers) ids.set(String(id), id)
  for (const { id, code } of customers) ids.set(fold(code), id)
  return (idOrCode) => ids.get(fold(idOrCode))
}
