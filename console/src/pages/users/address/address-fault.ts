import { FIELDS } from '../../../directory/user-fields.ts'
import { namedColumns } from './columns.ts'
import { rowFrom } from './list-place.ts'
import { customerFrom, type Search, type SearchName } from './search.ts'
import { sortFault } from './sort.ts'

/** What is wrong with a part of an address; null where nothing is. What only opens something beside the list is not looked at. */
const PARTS: Readonly<Record<SearchName, ((text: string) => string | null) | null>> = {
  // Read by readers of their own.
  q: null,
  filter: null,
  sort: sortFault,
  columns: (text) => {
    const unknown = namedColumns(text).find((name) => !FIELDS.has(name))
    return unknown === undefined ? null : `there is no column ${unknown}.`
  },
  customer: (text) => (customerFrom(text) === null ? `${text} is not the number of a customer.` : null),
  subsidiaries: yesOrNo,
  deleted: yesOrNo,
  row: rowFault,
  active: rowFault,
  user: null,
  new: null,
  tab: null,
  dialect: null,
  tree: null,
}

/** The first part of an address that cannot be understood, as a sentence that says why; null where there is none. */
export function addressFault(search: Search): string | null {
  for (const [name, text] of Object.entries(search)) {
    if (text === '') continue
    if (!Object.hasOwn(PARTS, name)) return `The address: there is no ${name} to a list of users.`
    const fault = PARTS[name as SearchName]?.(text) ?? null
    if (fault !== null) return `The ${name} in the address: ${fault}`
  }
  return null
}

function yesOrNo(text: string): string | null {
  return text === 'yes' || text === 'no' ? null : `it is yes or no, not ${text}.`
}

function rowFault(text: string): string | null {
  return rowFrom(text) === undefined ? `${text} is not the number of a row.` : null
}
