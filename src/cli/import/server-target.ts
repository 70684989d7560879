import type { MatchField } from '../../core/directory.ts'
import type { UserDraft } from '../../core/user.ts'
import { customerIdOf, customerIds } from '../../dialects/rollcall/import/customer-ids.ts'
import { openForesight } from '../../dialects/rollcall/import/foresight.ts'
import type { RowOutcome } from '../../dialects/rollcall/import/outcome.ts'
import { CommandError, EXIT } from '../command-error.ts'
import { ServerRefusal, type Client } from '../server-client/client.ts'
import type { ImportTarget } from './target.ts'

/** One result of `POST /v1/users/batch`. */
interface BatchResult {
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'refused'
  readonly problem?: {
    readonly status?: number
    readonly type?: string
    readonly detail?: string
    readonly pointer?: string
  }
}

/** Customers asked for at once. */
const CUSTOMER_PAGE_SIZE = 1000

/** Writes through a running server, as the owner of the client's token. */
export async function openServerTarget(client: Client, match: MatchField, dryRun: boolean): Promise<ImportTarget> {
  const customer = await listCustomers(client)
  const foresight = dryRun ? openForesight(match) : undefined
  const write = async (drafts: readonly UserDraft[]): Promise<readonly RowOutcome[]> => {
    const operations = drafts.map((user) => ({ op: 'upsert', match, user }))
    try {
      const answer = await client.send('POST', '/v1/users/batch', {
        body: { atomic: false, dryRun, operations },
        repeatable: true,
      })
      const results = (answer as { readonly results: readonly BatchResult[] }).results
      if (results.length !== drafts.length)
        throw new CommandError('The server answered with another number of results than users sent.', EXIT.unavailable)
      return results.map(rowOutcome)
    } catch (error) {
      if (!(error instanceof ServerRefusal) || error.status !== 413) throw error
      if (drafts.length === 1) return [{ outcome: 'refused', reason: error.message }]
      const half = Math.ceil(drafts.length / 2)
      return [...(await write(drafts.slice(0, half))), ...(await write(drafts.slice(half)))]
    }
  }
  return {
    customer,
    ahead: 1,
    write: async (drafts) => {
      const outcomes = await write(drafts)
      return foresight ? outcomes.map((outcome, index) => foresight(drafts[index] ?? {}, outcome)) : outcomes
    },
    close: () => Promise.resolve(),
  }
}

// Without the permission to list customers an id has to do; the server says whether it exists.
async function listCustomers(client: Client): Promise<(idOrCode: string) => number | undefined> {
  const customers: { readonly id: number; readonly code: string }[] = []
  try {
    for (let hasMore = true; hasMore;) {
      const path = `/v1/customers?limit=${CUSTOMER_PAGE_SIZE}&offset=${customers.length}`
      const answer = (await client.send('GET', path, { repeatable: true })) as {
        readonly customers: typeof customers
        readonly page: { readonly hasMore: boolean }
      }
      customers.push(...answer.customers)
      hasMore = answer.page.hasMore && answer.customers.length > 0
    }
  } catch (error) {
    if (!(error instanceof ServerRefusal) || error.status !== 403) throw error
    return customerIdOf
  }
  return customerIds(customers)
}

function rowOutcome({ outcome, problem }: BatchResult): RowOutcome {
  // The server or its store failed: the other rows would fare no better.
  if (problem?.status !== undefined && problem.status >= 500)
    throw new CommandError(problem.detail ?? 'The server failed.', EXIT.unavailable)
  if (outcome !== 'refused') return { outcome: outcome === 'created' || outcome === 'unchanged' ? outcome : 'updated' }
  if (problem?.pointer?.endsWith('/user/id') && problem.type?.endsWith('/value-taken')) return { outcome: 'unchanged' }
  return { outcome: 'refused', reason: problem?.detail ?? 'The server gave no reason.' }
}
