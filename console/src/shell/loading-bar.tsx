import { useRouterState } from '@tanstack/react-router'
import css from './loading-bar.module.css'

/** A line at the top while the next page is on its way; quick changes show nothing of it. */
export function LoadingBar() {
  const isLoading = useRouterState({ select: ({ status }) => status === 'pending' })
  return isLoading ? <div role="progressbar" aria-label="Loading the page" className={css.bar} /> : null
}
