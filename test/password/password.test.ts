import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hashPassword } from '../../src/core/password.ts'
import type { Commit } from '../../src/core/store.ts'
import { startRollcall } from '../harness.ts'

const USER = { name: 'Ana', email: 'ana@example.com', country: 'CO', timeZone: 'America/Bogota' }
const FIRST = 'correct horse battery staple'
const SECOND = 'пароль-2'

/** The hash a commit keeps, or undefined where it says nothing of a password. */
function hashIn({ changes: [change] }: Commit): string | null | undefined {
  assert.ok(change?.kind === 'user')
  return change.passwordHash
}

async function isHashOf(hash: string | null | undefined, password: string): Promise<boolean> {
  const salt = hash?.split('$').at(-2)
  return salt !== undefined && (await hashPassword(password, Buffer.from(salt, 'base64'))) === hash
}

describe('a password sent to Plaspy', () => {
  it('is kept only as its Argon2id hash, changes with PUT and PATCH, and stays otherwise', async () => {
    const commits: Commit[] = []
    const rollcall = await startRollcall({
      through: (store) => ({
        ...store,
        commit: (commit) => {
          commits.push(commit)
          return store.commit(commit)
        },
      }),
    })
    const { secret } = rollcall.tokens.writer ?? assert.fail()
    const answers: string[] = []
    const send = async (method: string, path: string, body: unknown) => {
      const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
      const answer = await rollcall.send({ method, path, headers, body: JSON.stringify(body) })
      assert.ok(answer.status < 300, answer.text)
      answers.push(answer.text)
      return JSON.parse(answer.text) as { id: string; password: unknown; modification: string }
    }

    const { id } = await send('POST', '/api/users', { ...USER, password: FIRST })
    const path = `/api/users/${id}`
    await send('PATCH', path, [{ op: 'add', path: '/password', value: SECOND }])
    await send('PUT', path, { ...USER, name: 'Ana María', password: null })
    await send('PATCH', path, [{ op: 'replace', path: '/group', value: 'Ops' }])
    await send('PUT', path, { ...USER, password: FIRST })
    const shown = await rollcall.send({
      method: 'GET',
      path: '/api/users',
      headers: { authorization: `Bearer ${secret}` },
    })
    await rollcall.stop()

    const hashes = commits.map(hashIn)
    assert.ok(await isHashOf(hashes[0], FIRST))
    assert.ok(await isHashOf(hashes[1], SECOND))
    assert.deepEqual(hashes.slice(2, 4), [undefined, undefined])
    assert.ok(await isHashOf(hashes[4], FIRST))
    for (const text of [...answers, shown.text, JSON.stringify(commits)]) {
      assert.ok(!text.includes(FIRST) && !text.includes(SECOND))
    }
    for (const text of [...answers, shown.text]) assert.ok(!text.includes('argon2'))
  })
})
