import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import css from './answer.module.css'

const FIRST = 50
const TEXT_MAX = 2000

/** A JSON value to open and close; long lists and texts come in parts. */
export function JsonTree({ value, label }: { readonly value: unknown; readonly label: string }) {
  return (
    <div role="group" aria-label={label} tabIndex={0} dir="ltr" className={css.tree}>
      <ul>
        <Node name={null} value={value} depth={0} />
      </ul>
    </div>
  )
}

interface NodeProps {
  readonly name: string | null
  readonly value: unknown
  readonly depth: number
  /** Whether it stands among many of its kind, which are closed at first. */
  readonly isOneOfMany?: boolean
}

function Node({ name, value, depth, isOneOfMany = false }: NodeProps) {
  const [isOpen, setIsOpen] = useState(depth < 2 && !isOneOfMany)
  const [shown, setShown] = useState(FIRST)
  if (typeof value !== 'object' || value === null) {
    return (
      <li>
        <Name name={name} />
        <Leaf value={value} />
      </li>
    )
  }
  const isList = Array.isArray(value)
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value)
  const size = `${entries.length} ${isList ? 'entries' : 'members'}`
  if (entries.length === 0) {
    return (
      <li>
        <Name name={name} />
        {isList ? '[]' : '{}'}
      </li>
    )
  }
  return (
    <li>
      <button type="button" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <ChevronRight aria-hidden />
        <Name name={name} />
        <span className={css.size}>{isList ? `[ ${size} ]` : isOpen ? `{ ${size} }` : `{ ${preview(entries)} }`}</span>
      </button>
      {isOpen && (
        <ul>
          {entries.slice(0, shown).map(([key, one]) => (
            <Node key={key} name={key} value={one} depth={depth + 1} isOneOfMany={isList && entries.length > 3} />
          ))}
          {entries.length > shown && (
            <li>
              <button type="button" onClick={() => setShown(shown * 4)}>
                {Math.min(entries.length, shown * 4) - shown} more of {entries.length - shown}
              </button>
            </li>
          )}
        </ul>
      )}
    </li>
  )
}

function Name({ name }: { readonly name: string | null }) {
  return name === null ? null : (
    <>
      <span className={css.key}>{name}</span>
      {': '}
    </>
  )
}

function Leaf({ value }: { readonly value: unknown }) {
  if (typeof value !== 'string') {
    return <span className={typeof value === 'number' ? css.number : css.word}>{JSON.stringify(value)}</span>
  }
  return (
    <span className={css.text}>{JSON.stringify(value.slice(0, TEXT_MAX)) + (value.length > TEXT_MAX ? '…' : '')}</span>
  )
}

// What a closed user is called, or else what members there are.
function preview(entries: readonly (readonly [string, unknown])[]): string {
  const words = entries.slice(0, 3).map(([key, one]) => (typeof one === 'string' ? `${key}: ${excerpt(one)}` : key))
  return `${words.join(', ')}${entries.length > 3 ? ', …' : ''}`
}

function excerpt(text: string): string {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text
}
