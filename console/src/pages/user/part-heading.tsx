import { createContext, use, type ReactNode } from 'react'

/** The level of the heading that names the user: its parts have the next one. */
export const UserLevel = createContext<1 | 2>(2)

/** The heading of a part of a user, one level below the user's own wherever that stands. */
export function PartHeading({ children }: { readonly children: ReactNode }) {
  const Heading = use(UserLevel) === 1 ? 'h2' : 'h3'
  return <Heading>{children}</Heading>
}
