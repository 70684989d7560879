import type { ExportQuery, ListQuery } from '@rollcall/sdk'

/** What is taken away, and as what. */
export interface ExportChoice {
  /** The list with the columns that are shown, the list with every field, or all users with every field. */
  readonly extent: 'shown' | 'list' | 'all'
  readonly format: 'csv' | 'jsonl'
  /** Whether CSV cells that look like formulas stay as they are. */
  readonly keepsFormulas: boolean
  /** With `all`: whether deleted users come along. */
  readonly withDeleted: boolean
}

/** What the server is asked for. */
export function exportQuery(choice: ExportChoice, query: ListQuery, columns: readonly string[]): ExportQuery {
  const { extent, format, keepsFormulas, withDeleted } = choice
  const form = format === 'csv' && keepsFormulas ? ({ format, formulas: 'keep' } as const) : { format }
  const { fields: _, ...list } = query
  if (extent === 'all') return { ...form, ...(withDeleted ? { includeDeleted: true } : {}) }
  return { ...list, ...form, ...(extent === 'shown' ? { fields: columns } : {}) }
}
