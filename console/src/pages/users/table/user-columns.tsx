import { Link } from '@tanstack/react-router'
import type { CellContext, ColumnDef } from '@tanstack/react-table'
import { use, type ReactNode } from 'react'
import type { User } from '@rollcall/sdk'
import { NOTHING, valueText } from '../../../text/value-text.ts'
import { StatusBadge } from '../../../widgets/badge.tsx'
import { Initials } from '../../../widgets/initials.tsx'
import { Moment } from '../../../widgets/moment.tsx'
import { FIELDS, type FieldName } from '../../../directory/user-fields.ts'
import { NamesContext } from './use-names.ts'
import css from './users-table.module.css'

type UserCell = CellContext<User, unknown>

/** Cells that show more than a value. */
const CELLS: Readonly<Partial<Record<FieldName, (cell: UserCell) => ReactNode>>> = {
  fullName: FullName,
  status: Status,
  customerId: CustomerName,
  primaryIdentity: UserName,
  createdBy: UserName,
  updatedBy: UserName,
}

/** A column for every member of a user that a list can show, as wide as so many rem. */
export const USER_COLUMNS: ReadonlyMap<string, ColumnDef<User>> = new Map(
  [...FIELDS.values()].map(({ name, label, kind, width, sortBy }) => [
    name,
    {
      id: name,
      accessorKey: name,
      header: label,
      cell: CELLS[name] ?? (kind === 'instant' ? Instant : Plain),
      size: width,
      minSize: 0,
      enableSorting: sortBy !== null,
    },
  ]),
)

function FullName({ row }: UserCell) {
  const { id, fullName } = row.original
  return (
    <Link
      to="/users/$id"
      params={{ id }}
      preload={false}
      tabIndex={-1}
      draggable={false}
      className={css.name}
      onClick={(event) => {
        // The list opens it beside itself; only with a key held it is a link like any other.
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey) event.preventDefault()
      }}
    >
      <Initials name={fullName} />
      <span dir="auto">{fullName}</span>
    </Link>
  )
}

function Status({ row }: UserCell) {
  return <StatusBadge status={row.original.status} />
}

function CustomerName({ row }: UserCell) {
  const { customerId } = row.original
  return <Named id={String(customerId)} name={use(NamesContext).customers.get(customerId)} />
}

function UserName({ getValue }: UserCell) {
  const id = (getValue() as string | null | undefined) ?? null
  return <Named id={id} name={use(NamesContext).users.get(id ?? '')} />
}

function Named({ id, name }: { readonly id: string | null; readonly name: string | undefined }) {
  if (id === null) return <span className={css.none}>{NOTHING}</span>
  return (
    <span dir="auto" title={id}>
      {name ?? id}
    </span>
  )
}

function Instant(cell: UserCell) {
  const at = cell.getValue()
  return typeof at === 'string' ? <Moment at={at} /> : <Plain {...cell} />
}

function Plain({ getValue }: UserCell) {
  const text = valueText(getValue())
  if (text === NOTHING) return <span className={css.none}>{NOTHING}</span>
  return (
    <span dir="auto" title={text}>
      {text}
    </span>
  )
}
