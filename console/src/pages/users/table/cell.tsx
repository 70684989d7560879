import { Link } from '@tanstack/react-router'
import type { User } from '@rollcall/sdk'
import { NOTHING, valueText } from '../../../text/value-text.ts'
import { StatusBadge } from '../../../widgets/badge.tsx'
import { Initials } from '../../../widgets/initials.tsx'
import { Moment } from '../../../widgets/moment.tsx'
import { FIELDS } from '../../../directory/user-fields.ts'
import css from './users-table.module.css'

/** Widths of the columns, as a grid has them: the one for choosing first. They depend on no content, so that rows align. */
export function widthsOf(columns: readonly string[]): Readonly<Record<'--widths' | '--least' | '--most', string>> {
  const rems = columns.map((name) => FIELDS.get(name)?.width ?? 10)
  const widths = rems.map((rem) => `minmax(${rem * SHRUNK}rem, ${rem}fr)`)
  const sum = rems.reduce((all, rem) => all + rem, 0)
  const of = (share: number) => `${CHOOSE_REM + sum * share}rem`
  return { '--widths': `${CHOOSE_REM}rem ${widths.join(' ')}`, '--least': of(SHRUNK), '--most': of(GROWN) }
}

const SHRUNK = 0.75
const GROWN = 1.75
const CHOOSE_REM = 2.75

/** What those are called that a user names by id. */
export interface Names {
  readonly customers: ReadonlyMap<number, string>
  readonly users: ReadonlyMap<string, string>
}

interface CellProps {
  readonly user: User
  readonly name: string
  readonly names: Names
}

/** What a user has under a column. */
export function Cell({ user, name, names }: CellProps) {
  switch (name) {
    case 'fullName':
      return (
        <Link
          to="/users/$id"
          params={{ id: user.id }}
          preload={false}
          tabIndex={-1}
          draggable={false}
          className={css.name}
          onClick={(event) => {
            // The list opens it beside itself; only with a key held it is a link like any other.
            if (!event.ctrlKey && !event.metaKey && !event.shiftKey) event.preventDefault()
          }}
        >
          <Initials name={user.fullName} />
          <span dir="auto">{user.fullName}</span>
        </Link>
      )
    case 'status':
      return <StatusBadge status={user.status} />
    case 'customerId':
      return <Named id={String(user.customerId)} name={names.customers.get(user.customerId)} />
    case 'primaryIdentity':
    case 'createdBy':
    case 'updatedBy':
      return <Named id={user[name] ?? null} name={names.users.get(user[name] ?? '')} />
    default:
      return <Plain value={user[name as keyof User]} isMoment={FIELDS.get(name)?.kind === 'instant'} />
  }
}

function Named({ id, name }: { readonly id: string | null; readonly name: string | undefined }) {
  if (id === null) return <span className={css.none}>–</span>
  return (
    <span dir="auto" title={id}>
      {name ?? id}
    </span>
  )
}

function Plain({ value, isMoment }: { readonly value: unknown; readonly isMoment: boolean }) {
  if (isMoment && typeof value === 'string') return <Moment at={value} />
  const text = valueText(value)
  if (text === NOTHING) return <span className={css.none}>{NOTHING}</span>
  return (
    <span dir="auto" title={text}>
      {text}
    </span>
  )
}
