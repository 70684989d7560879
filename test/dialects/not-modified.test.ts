import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { startRollcall, type Rollcall } from '../harness.ts'

// RFC 9110 §15.4.5: what a 304 has to say of the answer that it stands for.
const REPEATED = ['cache-control', 'etag', 'vary']

describe('an answer that nobody keeps any more', () => {
  let rollcall: Rollcall
  before(async () => {
    rollcall = await startRollcall({ answerCacheBytes: 0 })
  })
  after(() => rollcall.stop())

  for (const path of ['/user/v1/users', '/users', '/sys-users.list', '/v1/users', '/v1/customers']) {
    it(`varies by the same headers as 304 of ${path}`, async () => {
      const headers = { authorization: `Bearer ${rollcall.tokens.admin?.secret ?? ''}` }
      const whole = await rollcall.send({ method: 'GET', path, headers })
      const etag = whole.headers['etag'] ?? assert.fail('It has no tag.')
      const again = await rollcall.send({ method: 'GET', path, headers: { ...headers, 'if-none-match': etag } })
      assert.deepEqual([whole.status, again.status], [200, 304])
      for (const name of REPEATED) assert.equal(again.headers[name], whole.headers[name])
    })
  }
})
