import { QueryClient, queryOptions, useQueries, useQuery } from '@tanstack/react-query'
import type { DialectDocument } from './document/document.ts'
import { readDocument } from './document/reading.ts'
import type { WireDocument } from './document/wire-document.ts'

/** What was read of the server that this page is from; it stays the same until the page is loaded again. */
export const documents = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: 1 } } })

async function fetchJson(path: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(path, { signal, credentials: 'omit', headers: { Accept: 'application/json' } })
  if (!response.ok) throw new Error(`The server answered ${response.status} when it was asked for ${path}.`)
  return response.json()
}

const indexQuery = queryOptions({
  queryKey: ['index'],
  queryFn: async ({ signal }) => {
    const { openapi } = (await fetchJson('/', signal)) as { readonly openapi: Readonly<Record<string, string>> }
    // Rollcall's own API first, then the vendors'.
    return Object.entries(openapi).toSorted(([a], [b]) => Number(b === 'rollcall') - Number(a === 'rollcall'))
  },
})

function documentQuery(name: string, path: string) {
  return queryOptions({
    queryKey: ['document', name],
    queryFn: async ({ signal }) => readDocument(name, (await fetchJson(path, signal)) as WireDocument),
  })
}

/** The documents of all dialects, each undefined until it is there, and what went wrong on the way. */
export function useDocuments(): {
  readonly names: readonly string[]
  readonly documents: readonly (DialectDocument | undefined)[]
  readonly error: Error | null
  readonly retry: () => void
} {
  const index = useQuery(indexQuery)
  const paths = index.data ?? []
  const read = useQueries({ queries: paths.map(([name, path]) => documentQuery(name, path)) })
  return {
    names: paths.map(([name]) => name),
    documents: read.map(({ data }) => data),
    error: index.error ?? read.find(({ error }) => error !== null)?.error ?? null,
    retry: () => void documents.refetchQueries({ predicate: ({ state }) => state.status === 'error' }),
  }
}
