import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { encodeUser } from '../../src/core/document.ts'
import { LIVE } from '../../src/core/filter.ts'
import type { Query } from '../../src/core/query.ts'
import { parseSearch } from '../../src/core/search.ts'
import { factsOf } from '../model/list.ts'
import { newCustomer, newUser, nextVersion, sampleId, write } from '../model/sample.ts'
import { by, WHOLE } from './ask.ts'
import { onStore, type Open } from './subject.ts'

/** Documents are the same list as users, written out as `encodeUser` writes them. */
export function documents(open: Open): void {
  const it = onStore(open)
  describe('documents', () => {
    it('are the users of the same query, byte for byte, and say the same of the page', async (store) => {
      const odd = {
        description: '"\\\u0001\u2028\ud7ff\uffff😀é',
        tags: Object.fromEntries([['__proto__', '</script>']]),
        attributes: { z: 1e21, a: [null, { b: 0.1 }] },
      }
      const [ada] = await write(
        store,
        newCustomer(1),
        newUser(1, { ...odd, createdBy: sampleId(7) }),
        newUser(2),
        newUser(3, { status: 'deleted' }),
      )
      assert.ok(ada)
      await write(store, nextVersion(ada, { givenName: 'Ada', updatedBy: sampleId(2) }))
      const queries: readonly Query[] = [
        { filter: LIVE, sort: [], page: WHOLE, total: true },
        { filter: LIVE, sort: [by('identifier', true)], page: { kind: 'offset', offset: 1, limit: 1 }, total: false },
        {
          filter: LIVE,
          sort: [by('identifier')],
          page: { kind: 'position', from: null, direction: 'before', limit: 1 },
          total: true,
        },
        { filter: LIVE, search: parseSearch('ada', false), sort: [], page: WHOLE, total: true },
      ]
      for (const query of queries) {
        for (const metadata of [true, false]) {
          const [users, documents] = [await store.users(query), await store.documents(query, metadata)]
          const wanted = users.users.map((user) => {
            const pieces = encodeUser(user)
            return `${pieces.open}${metadata ? pieces.metadata : ''}}`
          })
          assert.equal(Buffer.concat(documents.documents).toString(), wanted.join(','))
          assert.deepEqual(factsOf(documents), factsOf(users))
        }
      }
    })

    it('have createdBy and updatedBy only with metadata', async (store) => {
      await write(store, newCustomer(1), newUser(1, { createdBy: sampleId(7), updatedBy: null }))
      const query: Query = { filter: LIVE, sort: [], page: WHOLE, total: false }
      const text = async (metadata: boolean) =>
        Buffer.concat((await store.documents(query, metadata)).documents).toString()
      assert.match(await text(true), new RegExp(`"createdBy":"${sampleId(7)}","updatedBy":null}$`))
      assert.doesNotMatch(await text(false), /createdBy|updatedBy/)
    })

    it('of nobody are no bytes', async (store) => {
      const { documents } = await store.documents({ filter: LIVE, sort: [], page: WHOLE, total: false }, true)
      assert.equal(Buffer.concat(documents).length, 0)
    })
  })
}
