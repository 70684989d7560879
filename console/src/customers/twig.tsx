import { ChevronRight } from 'lucide-react'
import type { MouseEvent } from 'react'
import css from './customer-tree.module.css'
import type { TreeLine } from './tree-lines.ts'

interface TwigProps {
  readonly line: TreeLine
  readonly onTurn: (id: number) => void
  /** Whether it is a button of its own, besides what the line itself says. */
  readonly isButton?: boolean
}

/** What a mouse opens and folds a line with; the keyboard does so on the line, which also says whether it is open. */
export function Twig({ line: { customer, isOpen }, onTurn, isButton = false }: TwigProps) {
  if (isOpen === null) return <span className={css.twig} />
  const sign = <ChevronRight aria-hidden className={isOpen ? css.open : undefined} />
  const turn = (event: MouseEvent) => {
    event.stopPropagation()
    onTurn(customer.id)
  }
  if (!isButton) {
    return (
      <span aria-hidden className={css.twig} onClick={turn}>
        {sign}
      </span>
    )
  }
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`${isOpen ? 'Fold' : 'Open'} ${customer.name}`}
      className={css.twig}
      onClick={turn}
    >
      {sign}
    </button>
  )
}
