import { QueryClient } from '@tanstack/react-query'
import { openClient, RollcallFault } from '@rollcall/sdk'

/** The directory this page was served by, asked with the browser's session. The header proves that no other site asks. */
export const directory = openClient({ headers: { 'X-Rollcall-Console': '1' } })

/** Whether an error is an answer of that status; 0 where nothing answered. */
export function hasStatus(error: unknown, status: number): error is RollcallFault {
  return error instanceof RollcallFault && error.status === status
}

const RETRIES_MAX = 2

/** What was read of the directory. A refusal is an answer and is not asked for again; silence and 503 are. */
export const answers = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => failures < RETRIES_MAX && (hasStatus(error, 0) || hasStatus(error, 503)),
    },
  },
})
