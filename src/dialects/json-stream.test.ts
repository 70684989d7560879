import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { jsonList } from './json-stream.ts'

const FRAME = { open: '{"ok":true,"list":[', close: ']}' }

const asItIs = <T>(batch: readonly T[]) => Promise.resolve(batch)

async function* batchesOf<T>(batches: readonly (readonly T[])[]): AsyncGenerator<readonly T[]> {
  for (const batch of batches) yield await Promise.resolve(batch)
}

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

describe('jsonList', () => {
  it('is the JSON of all items in order, however they come in batches', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.jsonValue())), async (batches) => {
        const text = await textOf(jsonList(batchesOf(batches), FRAME, asItIs))
        assert.equal(text, JSON.stringify({ ok: true, list: batches.flat() }))
      }),
    )
  })

  it('gives one piece per batch and asks for no batch ahead of its reader', async () => {
    let asked = 0
    async function* counted() {
      while (asked < 5) yield await Promise.resolve([++asked])
    }
    const pieces = jsonList(counted(), FRAME, asItIs)
    assert.equal(asked, 0)
    assert.deepEqual(await pieces.next(), { done: false, value: '{"ok":true,"list":[1' })
    assert.equal(asked, 1)
    assert.deepEqual(await pieces.next(), { done: false, value: ',2' })
    assert.equal(asked, 2)
  })

  it('throws a failure to its reader and leaves the text unclosed', async () => {
    async function* failing() {
      yield await Promise.resolve([1])
      throw new Error('lost')
    }
    let text = ''
    await assert.rejects(async () => {
      for await (const piece of jsonList(failing(), FRAME, asItIs)) text += piece
    }, /lost/)
    assert.equal(text, '{"ok":true,"list":[1')
    assert.throws(() => JSON.parse(text) as unknown)
  })

  it('closes the batches when its reader leaves', async () => {
    let closed = false
    async function* endless() {
      try {
        for (;;) yield await Promise.resolve([1])
      } finally {
        closed = true
      }
    }
    const pieces = jsonList(endless(), FRAME, asItIs)
    await pieces.next()
    await pieces.return(undefined)
    assert.ok(closed)
  })
})
