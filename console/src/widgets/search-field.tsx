import { useState } from 'react'
import { TextField } from './field.tsx'
import { heard, textOf, typed } from './typed-text.ts'

interface SearchFieldProps {
  readonly label: string
  readonly placeholder: string
  /** What the address says. */
  readonly value: string
  readonly onSearch: (text: string) => void
}

/** A box to search in. It holds what is typed by itself: the address follows too late for quick fingers. */
export function SearchField({ label, placeholder, value, onSearch }: SearchFieldProps) {
  const [box, setBox] = useState(() => textOf(value))
  const now = heard(box, value)
  if (now !== box) setBox(now)
  return (
    <TextField
      label={label}
      type="search"
      placeholder={placeholder}
      value={now.text}
      onChange={({ target }) => {
        setBox((before) => typed(before, target.value))
        onSearch(target.value)
      }}
    />
  )
}
