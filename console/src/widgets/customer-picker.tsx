import { useState, type ReactNode } from 'react'
import { useCustomers, type PlacedCustomer } from '../customers/customers.ts'
import { useMay, useMe } from '../directory/me.ts'
import { finderOf, foldedText } from '../text/folded-text.ts'
import { Picker, type PickerOption } from './picker.tsx'

interface CustomerPickerProps {
  readonly label: string
  readonly hint?: ReactNode
  readonly fault?: string | undefined
  readonly isRequired?: boolean
  /** A customer by id, or `none` for the option that stands for no customer. */
  readonly value: number | 'none' | null
  readonly onChoose: (value: number | 'none') => void
  /** What choosing no customer is called, where that can be chosen. */
  readonly none?: string
}

const SHOWN_MAX = 40

/** A customer, found by a part of its name, its code or its number; by its number alone for who may see no customers. */
export function CustomerPicker({ value, onChoose, none, ...field }: CustomerPickerProps) {
  const { placed: customers } = useCustomers()
  const [text, setText] = useState('')
  const isMeant = finderOf(text)
  const noOption = none === undefined ? [] : [{ value: 'none', title: none }]
  const fitting = customers.filter(({ customer }) => isMeant(`${customer.name} ${customer.code} ${customer.id}`))
  // What begins as typed comes first: it is taken by Enter.
  const begins = ({ customer }: PlacedCustomer) => Number(foldedText(customer.name).startsWith(foldedText(text)))
  const best = fitting.toSorted((a, b) => begins(b) - begins(a)).slice(0, SHOWN_MAX)
  const chosen = customers.find(({ customer }) => customer.id === value)
  const mayRead = useMay('customers:read')
  const scope = useMe()?.token.scope
  const guessed = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : scope === 'all' ? undefined : scope
  const unseen = mayRead || guessed === undefined ? [] : [unseenOption(guessed)]
  return (
    <Picker
      {...field}
      placeholder={mayRead ? 'Name, code or number' : 'Number'}
      chosen={
        value === null
          ? null
          : value === 'none'
            ? (noOption[0] ?? null)
            : chosen
              ? optionOf(chosen)
              : unseenOption(value)
      }
      options={[...noOption.filter(({ title }) => isMeant(title)), ...best.map(optionOf), ...unseen]}
      onType={setText}
      onChoose={(option) => onChoose(option.value === 'none' ? 'none' : Number(option.value))}
    />
  )
}

function unseenOption(id: number): PickerOption {
  return { value: String(id), title: `Customer ${id}` }
}

function optionOf({ customer, path }: PlacedCustomer): PickerOption {
  const above = path.slice(0, -1).join(' › ')
  return {
    value: String(customer.id),
    title: customer.name,
    detail: above === '' ? `${customer.code} · ${customer.id}` : `${customer.code} · ${customer.id} · in ${above}`,
  }
}
