import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { ask, run, serve, tokenIn, workingFolder } from './command.ts'

describe('rollcall serve', () => {
  it('tells the first administrator’s token once, and how to make more', async () => {
    const cwd = workingFolder()
    const first = await serve([], { cwd })
    const token = tokenIn(first.stdout)
    assert.match(first.stdout, /shown this once/)
    assert.match(first.stdout, /rollcall token create --server http:\/\/127\.0\.0\.1:\d+/)
    assert.equal(first.stdout.trimEnd().split('\n').at(-1), `Rollcall is listening on ${first.url}`)
    assert.equal((await ask(first.url, '/v1/me', token)).status, 200)
    assert.equal(statSync(join(cwd, 'rollcall-data')).mode & 0o777, 0o700)
    const { code, stderr } = await first.stop()
    assert.equal(code, 0)
    assert.ok(!stderr.includes(token))

    const second = await serve([], { cwd })
    assert.doesNotMatch(second.stdout, /administrator's token|^ +rc_/m)
    assert.equal((await ask(second.url, '/v1/me', token)).status, 200)
    await second.stop()
  })

  it('says its version in what it tells of every dialect', async () => {
    const cwd = workingFolder()
    const [{ stdout }, server] = [await run(['--version'], { cwd }), await serve([], { cwd })]
    for (const name of ['rollcall', 'alvys', 'nameshield', 'd3lay', 'devrev', 'plaspy']) {
      const answer = await fetch(`${server.url}/openapi/${name}.json`)
      const { info } = (await answer.json()) as { readonly info: { readonly version: string } }
      assert.equal(info.version, stdout.trim())
    }
    await server.stop()
  })

  it('refuses a second server on its folder in words, and leaves nothing behind when it is killed', async () => {
    const cwd = workingFolder()
    const first = await serve([], { cwd })
    const second = await run(['serve', '--port', '0'], { cwd })
    assert.equal(second.code, 2)
    assert.equal(
      second.stderr,
      `rollcall: The data folder ./rollcall-data is in use by process ${first.processId} (rollcall serve at ${first.url}). Stop it first, or work through it with --server ${first.url}.\n`,
    )
    const offline = await run(['import', '-'], { cwd, input: 'identifier\na\n' })
    assert.equal(offline.code, 2)
    assert.match(offline.stderr, new RegExp(`in use by process ${first.processId}`))
    await first.stop('SIGKILL')
    const third = await serve([], { cwd })
    assert.equal((await third.stop()).code, 0)
  })

  it('finishes what is under way when it is told to stop, and ends well', async () => {
    const cwd = workingFolder()
    const server = await serve(['--demo', '3000', '--requests-per-minute', '0'], { cwd })
    const token = tokenIn(server.stdout)
    const statuses = new Set<number>()
    const cut: unknown[] = []
    let answered = 0
    const keepAsking = async () => {
      for (;;) {
        let response: Response
        try {
          response = await fetch(`${server.url}/v1/users?limit=200`, {
            headers: { authorization: `Bearer ${token}` },
          })
        } catch {
          // Nobody is let in any more.
          return
        }
        try {
          statuses.add(response.status)
          const { users } = JSON.parse(await response.text()) as { users?: readonly unknown[] }
          if (response.status === 200) assert.equal(users?.length, 200)
          answered += 1
        } catch (error) {
          cut.push(error)
        }
      }
    }
    const long = fetch(`${server.url}/api/users`, { headers: { authorization: `Bearer ${token}` } })
    const askers = Array.from({ length: 8 }, keepAsking)
    while (answered < 40) await new Promise((resolve) => setImmediate(resolve))
    const { code, stderr } = await server.stop()
    await Promise.all(askers)
    const { users } = (await (await long).json()) as { users: readonly unknown[] }
    assert.ok(users.length > 2800)
    assert.equal(code, 0)
    assert.deepEqual(cut, [])
    assert.deepEqual(
      [...statuses].filter((status) => status !== 200 && status !== 503),
      [],
    )
    assert.doesNotMatch(stderr, /requests-cut/)
  })

  it('keeps its counters, users and signed tokens over a restart', async () => {
    const cwd = workingFolder()
    const first = await serve(['--demo', '100'], { cwd })
    const token = tokenIn(first.stdout)
    for (let requests = 0; requests < 4; requests++) await ask(first.url, '/v1/users', token)
    const before = await ask(first.url, '/api/users', token)
    const { body: me } = await ask(first.url, '/v1/me', token)
    const { id } = me['token'] as { id: string }
    const form = { grant_type: 'client_credentials', client_id: id, client_secret: token }
    const { body: signed } = await ask(first.url, '/oauth/token', token, { method: 'POST', body: JSON.stringify(form) })
    await first.stop()

    const second = await serve([], { cwd })
    const after = await ask(second.url, '/api/users', token)
    // Two more were made in between: the caller's own, and the one that is answered. Tokens are not asked for as a user.
    assert.equal(Number(after.body['apiUsage']), Number(before.body['apiUsage']) + 2)
    assert.deepEqual(after.body['users'], before.body['users'])
    assert.equal((await ask(second.url, '/v1/me', String(signed['access_token']))).status, 200)
    await second.stop()
  })

  it('loses nothing it has answered for when it is killed', async () => {
    const cwd = workingFolder()
    const first = await serve([], { cwd })
    const token = tokenIn(first.stdout)
    const answered: string[] = []
    let batches = 0
    const writing = (async () => {
      for (; ; batches++) {
        const operations = Array.from({ length: 50 }, (_, index) => ({
          op: 'create',
          user: { identifier: `u-${batches}-${index}` },
        }))
        try {
          const body = JSON.stringify({ atomic: true, operations })
          const answer = await ask(first.url, '/v1/users/batch', token, { method: 'POST', body })
          assert.equal(answer.status, 200)
        } catch (error) {
          if (error instanceof assert.AssertionError) throw error
          return
        }
        answered.push(...operations.map(({ user }) => user.identifier))
      }
    })()
    while (batches < 5) await new Promise((resolve) => setImmediate(resolve))
    await first.stop('SIGKILL')
    await writing
    const second = await serve(['--requests-per-minute', '0'], { cwd })
    const kept = new Set<string>()
    for (let offset = 0; ; offset += 1000) {
      const { body } = await ask(second.url, `/v1/users?limit=1000&offset=${offset}`, token)
      const users = body['users'] as readonly { identifier: string }[]
      for (const { identifier } of users) kept.add(identifier)
      if (users.length < 1000) break
    }
    assert.deepEqual(
      answered.filter((identifier) => !kept.has(identifier)),
      [],
    )
    // All of a batch or none of it: beside the administrator, whole batches.
    assert.equal((kept.size - 1) % 50, 0)
    await second.stop()
  })

  it('says in one sentence why it cannot start', async () => {
    const cwd = workingFolder()
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as { port: number }
    const taken = await run(['serve', '--port', String(port)], { cwd })
    other.close()
    assert.deepEqual([taken.code, taken.stdout], [2, ''])
    assert.match(
      taken.stderr,
      /^rollcall: The server cannot listen on 127\.0\.0\.1:\d+: another process listens there; [^\n]*\n$/,
    )
    const nowhere = await run(['serve', '--data', '/proc/rollcall'], { cwd })
    assert.equal(nowhere.code, 2)
    assert.match(nowhere.stderr, /^rollcall: The data folder \/proc\/rollcall cannot be used: [^\n]*\n$/)
    // A failed start has told no token; the next one does.
    const server = await serve([], { cwd })
    assert.match(tokenIn(server.stdout), /^rc_/)
    await server.stop()
  })

  it('fills only an empty directory with the demo', async () => {
    const cwd = workingFolder()
    const first = await serve(['--demo', '150'], { cwd })
    const token = tokenIn(first.stdout)
    const { body } = await ask(first.url, '/v1/customers/1', token)
    assert.equal(body['name'], 'Rollcall Demo')
    await first.stop()
    const second = await serve(['--demo', '500'], { cwd })
    const { stderr } = await second.stop()
    assert.match(stderr, /^The directory has users already; --demo leaves it as it is\.$/m)
  })
})
