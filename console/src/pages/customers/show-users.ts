import { useNavigate } from '@tanstack/react-router'
import { useMay } from '../../directory/me.ts'

/** Goes to the users of a customer and of all below it; null for who may see no users. */
export function useShowUsers(): ((customerId: number) => void) | null {
  const navigate = useNavigate()
  const mayRead = useMay('users:read')
  if (!mayRead) return null
  return (customerId) =>
    void navigate({ to: '/users', search: { customer: String(customerId), columns: 'own' } as never })
}
