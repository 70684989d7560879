import { useState, type ReactNode } from 'react'
import type { User } from '@rollcall/sdk'
import { useFoundUsers } from '../directory/found-users.ts'
import { Picker, type PickerOption } from './picker.tsx'

interface UserPickerProps {
  readonly label: string
  readonly hint?: ReactNode
  readonly fault?: string | undefined
  readonly isRequired?: boolean
  readonly user: Pick<User, 'id' | 'fullName' | 'identifier' | 'email'> | null
  readonly onChoose: (user: User) => void
}

const SHOWN_MAX = 10

/** A user, searched for in the whole directory as one types. */
export function UserPicker({ user, onChoose, ...field }: UserPickerProps) {
  const [text, setText] = useState('')
  const { users, isSearching } = useFoundUsers(text, SHOWN_MAX)
  const choose = ({ value }: PickerOption) => {
    const chosen = users.find(({ id }) => id === value)
    if (chosen) onChoose(chosen)
  }
  return (
    <Picker
      {...field}
      placeholder="Name, identifier or e-mail"
      chosen={user ? optionOf(user) : null}
      options={users.map(optionOf)}
      isSearching={isSearching}
      onType={setText}
      onChoose={choose}
    />
  )
}

function optionOf({
  id,
  fullName,
  email,
  identifier,
}: Pick<User, 'id' | 'fullName' | 'identifier' | 'email'>): PickerOption {
  return { value: id, title: fullName, detail: email === null ? identifier : `${identifier} · ${email}` }
}
