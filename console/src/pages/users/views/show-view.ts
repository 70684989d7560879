import { useNavigate } from '@tanstack/react-router'

/** Shows a saved view. */
export function useShowView(): (query: string) => void {
  const navigate = useNavigate()
  return (query) => {
    void navigate({ to: '/users', search: Object.fromEntries(new URLSearchParams(query)) as never })
  }
}
