import { useNavigate } from '@tanstack/react-router'

/** Goes to the users of a customer and of all below it. */
export function useShowUsers(): (customerId: number) => void {
  const navigate = useNavigate()
  return (customerId) => void navigate({ to: '/users', search: { customer: String(customerId) } as never })
}
