import type { Search } from './search.ts'

/** Where in its list somebody is. Rows are counted from 0; an address counts them from 1, as people do. */
export interface ListPlace {
  /** The row at the top of what is seen. */
  readonly row: number
  /** The row that keys act on. */
  readonly active: number
}

/** Rows that `offset` of /v1 skips at most. */
const ROW_MAX = 10_000_000

/** The row an address names, from 0; undefined where that is none. */
export function rowFrom(text: string): number | undefined {
  return /^[1-9]\d{0,7}$/.test(text) && Number(text) <= ROW_MAX ? Number(text) - 1 : undefined
}

/** The place an address names; the top of the list where it says nothing of it. */
export function placeFrom({ row: top = '', active = '' }: Pick<Search, 'row' | 'active'>): ListPlace {
  const row = rowFrom(top) ?? 0
  return { row, active: rowFrom(active) ?? row }
}

/** What an address says of a place: nothing at the top of the list. */
export function placeSearch({ row, active }: ListPlace) {
  return {
    row: row === 0 ? undefined : String(row + 1),
    active: active === row ? undefined : String(active + 1),
  }
}
