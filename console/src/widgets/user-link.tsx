import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMay } from '../directory/me.ts'

interface UserLinkProps {
  readonly id: string
  readonly className?: string | undefined
  /** What the user is called. */
  readonly children: ReactNode
}

/** A user by name, which leads to what is known of it; the name alone for who may see no users. */
export function UserLink({ id, className, children }: UserLinkProps) {
  const mayRead = useMay('users:read')
  if (!mayRead) {
    return (
      <span dir="auto" className={className}>
        {children}
      </span>
    )
  }
  return (
    <Link to="/users/$id" params={{ id }} dir="auto" className={className}>
      {children}
    </Link>
  )
}
