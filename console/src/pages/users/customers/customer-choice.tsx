import { useDeferredValue, useMemo, useState } from 'react'
import { CustomerTree } from '../../../customers/customer-tree.tsx'
import { useCustomers } from '../../../customers/customers.ts'
import { treeLines } from '../../../customers/tree-lines.ts'
import { Twig } from '../../../customers/twig.tsx'
import { numberText } from '../../../text/count.ts'
import { Checkbox } from '../../../widgets/field.tsx'
import type { ViewInAddress } from '../address/address.ts'
import type { ChangeView } from '../address/use-address.ts'
import css from './customers.module.css'

interface CustomerChoiceProps {
  readonly view: ViewInAddress
  readonly onChange: ChangeView
}

const LINE_PX = 32

/** All customers as a tree, with how many users they have; the chosen one narrows the list. */
export function CustomerChoice({ view: { customerId, withSubsidiaries }, onChange }: CustomerChoiceProps) {
  const { forest } = useCustomers()
  const [search, setSearch] = useState('')
  const shownSearch = useDeferredValue(search)
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set())
  const lines = useMemo(() => treeLines(forest, shownSearch, (id) => folded.has(id)), [forest, folded, shownSearch])
  const choose = (id: number) => onChange({ customer: id === customerId ? undefined : String(id), user: undefined })
  const turn = (id: number) => {
    const next = new Set(folded)
    if (!next.delete(id)) next.add(id)
    setFolded(next)
  }
  return (
    <div className={css.choice}>
      <input
        type="search"
        aria-label="Find a customer"
        placeholder="Find a customer"
        dir="auto"
        value={search}
        onChange={({ target }) => setSearch(target.value)}
        className={css.find}
      />
      <Checkbox
        label="Include subsidiaries"
        checked={withSubsidiaries}
        className={css.below ?? ''}
        onChange={({ target }) => onChange({ subsidiaries: target.checked ? undefined : 'no' })}
      />
      <CustomerTree
        lines={lines}
        linePx={LINE_PX}
        pattern="tree"
        chosenId={customerId}
        onTurn={turn}
        onPress={choose}
        onKey={(key, { id }) => {
          if (key !== 'Enter' && key !== ' ') return false
          choose(id)
          return true
        }}
        className={css.box}
        lineClassName={css.line}
      >
        {(line) => {
          const { name, users, usersWithSubsidiaries } = line.customer
          const count = withSubsidiaries ? usersWithSubsidiaries : users
          return (
            <>
              <span style={{ inlineSize: `${(line.level - 1) * 0.875}rem` }} />
              <Twig line={line} onTurn={turn} />
              <span dir="auto" className={css.name} title={name}>
                {name}
              </span>
              {count !== undefined && (
                <span className={css.count}>
                  {numberText(count)}
                  <span className="visually-hidden"> users</span>
                </span>
              )}
            </>
          )
        }}
      </CustomerTree>
      {lines.length === 0 && <p className={css.none}>No customer is called so.</p>}
    </div>
  )
}
