import * as Ariakit from '@ariakit/react'
import { useState, type ReactNode } from 'react'
import { Field } from './field.tsx'
import css from './picker.module.css'

/** One of what can be picked. */
export interface PickerOption {
  readonly value: string
  readonly title: string
  /** What tells it from others of the same name. */
  readonly detail?: string
}

interface PickerProps {
  readonly label: string
  readonly hint?: ReactNode
  readonly fault?: string | undefined
  readonly placeholder?: string
  readonly isRequired?: boolean
  readonly chosen: PickerOption | null
  /** What fits what is typed, best first; a few are enough. */
  readonly options: readonly PickerOption[]
  /** What is typed, and an empty text when the list is left. */
  readonly onType: (text: string) => void
  readonly onChoose: (option: PickerOption) => void
  readonly isSearching?: boolean
}

/** One of many, found by typing a part of its name. Leaving the box without choosing changes nothing. */
export function Picker(props: PickerProps) {
  const { label, hint, fault, placeholder, isRequired = false, chosen, options, onType, onChoose } = props
  // Null while nothing is typed: then the box shows what is chosen.
  const [typed, setTyped] = useState<string | null>(null)
  const leave = () => {
    setTyped(null)
    onType('')
  }
  const type = (text: string) => {
    setTyped(text)
    onType(text)
  }
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(control) => (
        <Ariakit.ComboboxProvider inputValue={typed ?? chosen?.title ?? ''} setInputValue={type}>
          <Ariakit.Combobox
            {...control}
            autoSelect="always"
            dir="auto"
            placeholder={placeholder}
            aria-required={isRequired}
            onFocus={(event) => event.currentTarget.select()}
            onBlur={leave}
          />
          <Ariakit.ComboboxPopover fixed sameWidth gutter={4} unmountOnHide className={css.popover} aria-label={label}>
            {options.map((option, place) => (
              <Ariakit.ComboboxItem
                // By place, so that the first line stays the chosen one whatever comes to stand in it.
                key={place}
                value={option.value}
                setValueOnClick={false}
                focusOnHover
                className={css.option}
                onClick={() => {
                  onChoose(option)
                  leave()
                }}
              >
                <span dir="auto">{option.title}</span>
                {option.detail !== undefined && (
                  <span dir="auto" className={css.detail}>
                    {option.detail}
                  </span>
                )}
              </Ariakit.ComboboxItem>
            ))}
            {options.length === 0 && (
              <p className={css.none}>{props.isSearching === true ? 'Searching…' : 'Nothing is called that.'}</p>
            )}
          </Ariakit.ComboboxPopover>
        </Ariakit.ComboboxProvider>
      )}
    </Field>
  )
}
