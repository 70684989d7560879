import { QueryClient } from '@tanstack/react-query'
import { openClient, RollcallFault } from '@rollcall/sdk'

/** The directory this page was served by, asked with the browser's session. The header proves that no other site asks. */
export const directory = openClient({ headers: { 'X-Rollcall-Console': '1' } })

const RETRIES_MAX = 2

/** What was read of the directory. A refusal is an answer and is not asked for again; silence and 503 are. */
export const answers = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) =>
        failures < RETRIES_MAX && error instanceof RollcallFault && (error.status === 0 || error.status === 503),
    },
  },
})
