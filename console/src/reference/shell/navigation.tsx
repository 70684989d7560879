import { ChevronRight, List } from 'lucide-react'
import { useEffect, useId, useRef, useState, type MouseEvent } from 'react'
import { useShortcuts } from '../../shell/shortcuts.ts'
import { Button } from '../../widgets/button.tsx'
import type { DialectDocument, Operation } from '../document/document.ts'
import { useDocuments } from '../documents.ts'
import { usePlace } from '../place.ts'
import { Link } from './link.tsx'
import { Method } from './method.tsx'
import css from './navigation.module.css'

/** All operations by dialect and subject, with a filter. Where there is no room it opens from a button. */
export function Navigation() {
  const [isOpen, setIsOpen] = useState(false)
  const [filter, setFilter] = useState('')
  const { documents } = useDocuments()
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  useShortcuts({
    '/': () => {
      setIsOpen(true)
      input.current?.focus()
    },
  })
  const closeAfterLink = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest('a')) setIsOpen(false)
  }
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = documents.flatMap((document) => {
    const operations = document?.operations.filter((operation) => matches(operation, document, words)) ?? []
    return document && operations.length > 0 ? [{ document, operations }] : []
  })
  const count = shown.reduce((sum, { operations }) => sum + operations.length, 0)
  return (
    <nav aria-label="Operations" className={css.navigation}>
      <Button
        className={css.opener ?? ''}
        icon={<List aria-hidden />}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        Operations
      </Button>
      <div id={id} onClick={closeAfterLink} className={`${css.list} ${isOpen ? (css.open ?? '') : ''}`}>
        <label className={css.filter}>
          <span className="visually-hidden">Filter operations</span>
          <input
            ref={input}
            type="search"
            placeholder="Filter operations  ( / )"
            value={filter}
            onChange={({ target }) => setFilter(target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && filter !== '') setFilter('')
            }}
          />
        </label>
        <p role="status" className="visually-hidden">
          {words.length === 0 ? '' : count === 1 ? '1 operation is left.' : `${count} operations are left.`}
        </p>
        {words.length > 0 && count === 0 && <p className={css.none}>No operation has these words.</p>}
        {shown.map(({ document, operations }) => (
          <Dialect key={document.name} document={document} operations={operations} isFiltered={words.length > 0} />
        ))}
      </div>
    </nav>
  )
}

function matches({ method, path, summary, id }: Operation, { title }: DialectDocument, words: readonly string[]) {
  const text = `${title} ${method} ${path} ${summary} ${id}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

interface DialectProps {
  readonly document: DialectDocument
  readonly operations: readonly Operation[]
  readonly isFiltered: boolean
}

function Dialect({ document: { name, title }, operations, isFiltered }: DialectProps) {
  const { dialect } = usePlace()
  const isHere = dialect === name
  const [chosen, setChosen] = useState<boolean | null>(null)
  const isOpen = chosen ?? isHere
  const groups = Map.groupBy(operations, ({ group }) => group)
  const isShown = isOpen || isFiltered
  return (
    <section aria-label={title} className={css.dialect}>
      <div className={css.head}>
        <button
          type="button"
          aria-expanded={isShown}
          aria-label={`Operations of ${title}`}
          onClick={() => setChosen(!isShown)}
        >
          <ChevronRight aria-hidden />
        </button>
        <Link to={{ dialect: name }}>{title}</Link>
      </div>
      {isShown &&
        [...groups].map(([group, some]) => (
          <div key={group} className={css.group}>
            {groups.size > 1 && <p>{group}</p>}
            <ul>
              {some.map((operation) => (
                <OperationLink key={operation.id} operation={operation} />
              ))}
            </ul>
          </div>
        ))}
    </section>
  )
}

function OperationLink({ operation: { dialect, id, method, summary } }: { readonly operation: Operation }) {
  const place = usePlace()
  const isHere = place.dialect === dialect && place.operationId === id
  const link = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isHere) link.current?.scrollIntoView({ block: 'nearest' })
  }, [isHere])
  return (
    <li ref={link}>
      <Link to={{ dialect, operationId: id }} className={css.operation} aria-current={isHere ? 'page' : undefined}>
        <span>{summary}</span>
        <Method method={method} />
      </Link>
    </li>
  )
}
