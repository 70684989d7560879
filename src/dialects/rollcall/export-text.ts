import { stringify } from 'csv-stringify/sync'
import type { ListRequest, View } from '../../core/directory.ts'
import type { Json, User } from '../../core/user.ts'
import { csvCell } from './csv-cell.ts'
import { readableMembers, type UserMember } from './fields.ts'
import { renderUser } from './user.ts'

export const EXPORT_FORMATS = ['csv', 'jsonl'] as const
export const FORMULA_RULES = ['quote', 'keep'] as const

/** Which users are written out, and how. */
export interface ExportPlan {
  readonly request: Omit<ListRequest, 'page' | 'total'>
  /** The columns in their order; none stands for all that the caller may read. */
  readonly fields: readonly UserMember[]
  readonly format: (typeof EXPORT_FORMATS)[number]
  /** Whether cells that a spreadsheet may take for a formula get an apostrophe in front. */
  readonly formulas: (typeof FORMULA_RULES)[number]
}

/** The users a caller may see as CSV (RFC 4180) with a header, or as JSON Lines; a piece per batch of users. */
export async function* exportText(view: View, plan: ExportPlan): AsyncGenerator<string, undefined> {
  const { request, format, formulas } = plan
  const fields = plan.fields.length === 0 ? readableMembers(view.principal) : plan.fields
  const options = {
    record_delimiter: '\r\n',
    // Line breaks of any kind are told apart by quotes only.
    quote_record_delimiter: true,
    escape_formulas: formulas === 'quote',
  } as const
  if (format === 'csv') yield stringify([fields], options)
  for await (const users of view.stream(request)) {
    const rows = users.map((user) => rowOf(user, view, fields))
    if (format === 'csv')
      yield stringify(
        rows.map((row) => row.map(([, value]) => csvCell(value))),
        options,
      )
    else yield rows.map((row) => `${JSON.stringify(Object.fromEntries(row))}\n`).join('')
  }
}

function rowOf(user: User, { principal }: View, fields: readonly UserMember[]) {
  const shown = renderUser(user, principal, fields)
  return fields.map((field) => [field, shown[field] as Json] as const)
}
