import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MutationObserver, QueryClient, QueryObserver } from '@tanstack/react-query'
import { freshFailure } from '../../console/src/shell/fresh-failure.ts'

describe('What is looked at for an end of the session, and for silence', () => {
  it('is an error when it comes, and not again while the same is asked anew', async () => {
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
    const seen: unknown[] = []
    client.getQueryCache().subscribe((event) => {
      const error = freshFailure(event)
      if (error !== undefined) seen.push(error)
    })
    const refusal = new Error('401')
    let isRefused = false
    const query = new QueryObserver(client, {
      queryKey: ['list'],
      queryFn: () => (isRefused ? Promise.reject(refusal) : Promise.resolve('users')),
    })
    const stop = query.subscribe(() => undefined)
    await query.refetch()
    isRefused = true
    await query.refetch()
    assert.deepEqual(seen, [refusal])

    isRefused = false
    await client.invalidateQueries()
    assert.equal(query.getCurrentResult().data, 'users')
    assert.deepEqual(seen, [refusal])
    stop()
    client.clear()
  })

  it('is also what is tried again, and what could not be written', async () => {
    const client = new QueryClient()
    const seen: unknown[] = []
    const look = (event: Parameters<typeof freshFailure>[0]) => {
      const error = freshFailure(event)
      if (error !== undefined) seen.push(error)
    }
    client.getQueryCache().subscribe(look)
    client.getMutationCache().subscribe(look)
    const silence = new Error('no answer')
    let tries = 0
    await client.query({
      queryKey: ['list'],
      queryFn: () => (tries++ === 0 ? Promise.reject(silence) : Promise.resolve('users')),
      retry: 1,
      retryDelay: 0,
    })
    assert.deepEqual(seen, [silence])
    const write = new MutationObserver(client, { mutationFn: () => Promise.reject(silence) })
    await assert.rejects(write.mutate())
    assert.deepEqual(seen, [silence, silence])
    client.clear()
  })
})
