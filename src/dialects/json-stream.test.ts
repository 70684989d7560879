import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { openJsonList } from './json-stream.ts'

const FRAME = { open: '{"ok":true,"list":[', close: ']}' }

async function* batchesOf<T>(batches: readonly (readonly T[])[], closed?: () => void): AsyncGenerator<readonly T[]> {
  try {
    for (const batch of batches) yield await Promise.resolve(batch)
  } finally {
    closed?.()
  }
}

const asItIs = <T>(batch: readonly T[]) => Promise.resolve(batch)

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

describe('openJsonList', () => {
  it('is the JSON of all items in order, however they come in batches', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.jsonValue())), async (batches) => {
        const text = await textOf(await openJsonList(batchesOf(batches), FRAME, asItIs))
        assert.equal(text, JSON.stringify({ ok: true, list: batches.flat() }))
      }),
    )
  })

  it('gives one piece per batch and asks for no batch ahead of its reader', async () => {
    let asked = 0
    async function* counted() {
      for (; asked < 5;) yield await Promise.resolve([++asked])
    }
    const pieces = (await openJsonList(counted(), FRAME, asItIs))[Symbol.asyncIterator]()
    assert.equal(asked, 1)
    assert.deepEqual(await pieces.next(), { done: false, value: '{"ok":true,"list":[1' })
    assert.equal(asked, 1)
    assert.deepEqual(await pieces.next(), { done: false, value: ',2' })
    assert.equal(asked, 2)
  })

  it('rejects before there is anything to send when the first batch fails', async () => {
    const failing = batchesOf([[1]])
    failing.next = () => Promise.reject(new Error('lost'))
    await assert.rejects(openJsonList(failing, FRAME, asItIs), /lost/)
  })

  it('throws a later failure to its reader and leaves the text unclosed', async () => {
    async function* failing() {
      yield await Promise.resolve([1])
      throw new Error('lost')
    }
    const pieces = await openJsonList(failing(), FRAME, asItIs)
    let text = ''
    await assert.rejects(async () => {
      for await (const piece of pieces) text += piece
    }, /lost/)
    assert.equal(text, '{"ok":true,"list":[1')
    assert.throws(() => JSON.parse(text) as unknown)
  })

  it('closes the batches when the reader leaves, even before the first piece', async () => {
    for (const read of [0, 1]) {
      let closed = false
      const pieces = (
        await openJsonList(
          batchesOf([[1], [2]], () => (closed = true)),
          FRAME,
          asItIs,
        )
      )[Symbol.asyncIterator]()
      for (let i = 0; i < read; i++) await pieces.next()
      await pieces.return?.()
      assert.ok(closed)
      assert.deepEqual(await pieces.next(), { done: true, value: undefined })
    }
  })
})
