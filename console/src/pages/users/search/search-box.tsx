import * as Ariakit from '@ariakit/react'
import { Search, X } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import { useMay } from '../../../directory/me.ts'
import { IconButton } from '../../../widgets/button.tsx'
import css from './search-box.module.css'
import { pieceAt, suggestionsFor, withSuggestion, type Suggestion } from './suggestions.ts'
import { useCustomers } from '../../../customers/customers.ts'

interface SearchBoxProps {
  /** What the address says. */
  readonly q: string
  readonly fault: string | null
  readonly onSearch: (q: string, options: { readonly replace: boolean }) => void
  /** Arrow down, or Enter: on to what was found. */
  readonly onLeave: () => void
  readonly ref: Ref<HTMLInputElement>
}

const PAUSE_MS = 150

/** Search as you type: the address follows after a pause. */
export function SearchBox({ q, fault, onSearch, onLeave, ref }: SearchBoxProps) {
  const [{ text, sent, seen }, setBox] = useState({ text: q, sent: q, seen: q })
  const [caret, setCaret] = useState(0)
  const [isOpen, setIsOpen] = useState(false)
  const isTyping = useRef(false)
  const input = useRef<HTMLInputElement>(null)
  const { customers } = useCustomers()
  const mayReadMetadata = useMay('users:read-metadata')
  // An address that came from elsewhere (back, a saved view) is what is meant now; one that was sent from here is not news.
  if (q !== seen) setBox({ text: q === sent ? text : q, sent: q, seen: q })

  const send = (next: string) => {
    if (next === sent) return
    setBox((box) => ({ ...box, sent: next }))
    onSearch(next, { replace: isTyping.current })
    isTyping.current = true
  }
  const sendLater = useEffectEvent(send)
  useEffect(() => {
    if (text === sent) return undefined
    const timer = setTimeout(() => sendLater(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, sent])

  const piece = isOpen ? pieceAt(text, caret) : undefined
  const suggestions = suggestionsFor(piece, customers, mayReadMetadata)
  const type = (next: string) => {
    setBox((box) => ({ ...box, text: next }))
    setCaret(input.current?.selectionStart ?? next.length)
  }
  const choose = (suggestion: Suggestion) => {
    if (piece === undefined) return
    const next = withSuggestion(text, piece, suggestion)
    setBox((box) => ({ ...box, text: next.text }))
    setCaret(next.caret)
    setIsOpen(!suggestion.isWhole)
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const isShown = isOpen && suggestions.length > 0
    if (event.key === 'Escape' && !isShown && text !== '') {
      event.preventDefault()
      type('')
    } else if ((event.key === 'ArrowDown' && !isShown) || (event.key === 'Enter' && !event.defaultPrevented)) {
      if (event.nativeEvent.isComposing) return
      event.preventDefault()
      send(text)
      onLeave()
    }
  }

  return (
    <div className={css.box}>
      <Search aria-hidden className={css.sign} />
      <Ariakit.ComboboxProvider
        inputValue={text}
        setInputValue={type}
        open={isOpen && suggestions.length > 0}
        setOpen={setIsOpen}
        placement="bottom-start"
      >
        <Ariakit.Combobox
          ref={(element) => {
            input.current = element
            if (typeof ref === 'function') ref(element)
            else if (ref !== null) ref.current = element
          }}
          type="text"
          inputMode="search"
          aria-label="Search users"
          aria-describedby={fault === null ? undefined : 'search-fault'}
          aria-invalid={fault === null ? undefined : true}
          placeholder="Name, e-mail or field:value"
          autoComplete="none"
          showOnClick={false}
          showOnKeyPress={false}
          spellCheck={false}
          dir="auto"
          className={css.input}
          onKeyDown={onKeyDown}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
          onBlur={() => (isTyping.current = false)}
        />
        <Ariakit.ComboboxPopover
          // Beside the box rather than at the end of the page: within the same landmark, and without traps for the focus.
          fixed
          gutter={6}
          unmountOnHide
          aria-label="Fields and values"
          className={css.list}
        >
          {suggestions.map((suggestion) => (
            <Ariakit.ComboboxItem
              key={suggestion.text}
              value={suggestion.text}
              setValueOnClick={false}
              hideOnClick={false}
              focusOnHover
              onClick={() => choose(suggestion)}
              className={css.item}
            >
              <code>{suggestion.text}</code>
              <span dir="auto">{suggestion.about}</span>
            </Ariakit.ComboboxItem>
          ))}
        </Ariakit.ComboboxPopover>
      </Ariakit.ComboboxProvider>
      {text !== '' && (
        <IconButton
          label="Clear the search"
          className={css.clear ?? ''}
          onClick={() => {
            setBox((box) => ({ ...box, text: '' }))
            input.current?.focus()
          }}
        >
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  )
}
