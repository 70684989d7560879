import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { lendDatabase, type LentDatabase } from '../postgres/stores.ts'
import { ask, run, serve, tokenIn, workingFolder } from './command.ts'

const SECRET = 'a secret of more than thirty-two characters'

describe('a directory in a PostgreSQL database', () => {
  const cwd = workingFolder()
  let database: LentDatabase
  let environment: Readonly<Record<string, string>>
  before(async () => {
    database = await lendDatabase('plain')
    environment = { ROLLCALL_DATABASE: database.url, ROLLCALL_SECRET: SECRET }
  })
  after(() => database.drop())

  it('is migrated by hand, or by whoever starts', async () => {
    const check = await run(['migrate', '--check'], { cwd, environment })
    assert.equal(check.code, 1)
    assert.match(check.stdout, /^To be applied: migrations 1, 2[\d, ]*\.\n$/)
    const applied = await run(['migrate'], { cwd, environment })
    assert.deepEqual([applied.code, applied.stdout], [0, check.stdout.replace('To be applied:', 'Applied')])
    const again = await run(['migrate', '--check', '--json'], { cwd, environment })
    assert.deepEqual([again.code, JSON.parse(again.stdout)], [0, { pending: [], unbuilt: 0 }])
  })

  it('is served by nodes that start at once, and worked on by commands beside them', async () => {
    const [one, other] = await Promise.all([serve([], { cwd, environment }), serve([], { cwd, environment })])
    const told = [one, other].filter(({ stdout }) => /^ +rc_/m.test(stdout))
    assert.equal(told.length, 1, 'one node tells the first token')
    const token = tokenIn(told[0]?.stdout ?? '')
    for (const { url } of [one, other]) assert.equal((await ask(url, '/v1/me', token)).status, 200)

    const rows = 'identifier,email\nann,ann@example.com\nben,ben@example.com\nben,ben@example.com\n'
    const tried = await run(['import', '-', '--dry-run', '--json'], { cwd, environment, input: rows })
    assert.equal(tried.code, 0, tried.stderr)
    const { created } = JSON.parse(tried.stdout) as { created: number }
    assert.equal(created, 2)
    assert.equal((await ask(one.url, '/v1/users', token)).body['total'], 1)
    const imported = await run(['import', '-'], { cwd, environment, input: rows })
    assert.equal(imported.code, 0, imported.stderr)
    assert.equal((await ask(one.url, '/v1/users', token)).body['total'], 3)
    assert.equal((await ask(other.url, '/v1/users', token)).body['total'], 3)

    const issued = await run(['token', 'create', '--name', 'beside', '--json'], { cwd, environment })
    const { id, secret } = JSON.parse(issued.stdout) as { id: string; secret: string }
    assert.equal((await ask(other.url, '/v1/me', secret)).status, 200)
    assert.equal((await run(['token', 'revoke', id], { cwd, environment })).code, 0)
    for (const { url } of [one, other]) assert.equal((await ask(url, '/v1/me', secret)).status, 401)

    for (const node of [one, other]) assert.equal((await node.stop()).code, 0)
    assert.deepEqual(readdirSync(cwd), [])
  })

  it('is copied to a file as it is, and served from there', async () => {
    const to = join(workingFolder(), 'copy.db')
    const copied = await run(['copy', '--from', database.url, '--to', `sqlite:${to}`], { cwd })
    assert.equal(copied.code, 0, copied.stderr)
    assert.match(copied.stdout, /^documents 3 sha256:[0-9a-f]{64}$/m)
    assert.match(copied.stdout, /^Copied 3 users, \d+ records in all, and found the same in both \([\d.]+ s\)\.$/m)
    const again = await run(['copy', '--from', database.url, '--to', `sqlite:${to}`], { cwd })
    assert.deepEqual([again.code, again.stderr], [2, 'rollcall: The target is not empty; nothing was copied.\n'])
    const other = await run(['copy', '--from', 'mysql://x:pw@db/x', '--to', 'sqlite:x'], { cwd })
    assert.deepEqual([other.code, other.stdout], [2, ''])
    assert.match(other.stderr, /^rollcall: --from must be sqlite:<file> or postgres:\/\/[^\n]*\n$/)
    assert.deepEqual(readdirSync(cwd), [])
  })

  it('is not served with another secret than its keys are sealed with, or with none', async () => {
    const { ROLLCALL_DATABASE = '' } = environment
    const none = await run(['serve', '--port', '0'], { cwd, environment: { ROLLCALL_DATABASE } })
    assert.equal(none.code, 2)
    assert.match(none.stderr, /^rollcall: The keys of this directory are sealed; [^\n]* ROLLCALL_SECRET\.\n$/)
    const wrong = { ROLLCALL_DATABASE, ROLLCALL_SECRET: `${SECRET}!` }
    const other = await run(['serve', '--port', '0'], { cwd, environment: wrong })
    assert.equal(other.code, 2)
    assert.match(other.stderr, /^rollcall: ROLLCALL_SECRET is not the secret [^\n]*\n$/)
  })

  it('that cannot be reached is told in one sentence without the password, and nothing is made', async () => {
    const url = new URL(database.url)
    url.port = '1'
    for (const command of [['serve'], ['import', '-'], ['demo'], ['token', 'list'], ['migrate', '--check']]) {
      const { code, stdout, stderr } = await run([...command, '--database', url.href], {
        cwd,
        input: 'identifier\na\n',
      })
      assert.deepEqual([code, stdout], [2, ''], command.join(' '))
      assert.match(stderr, /rollcall: [^\n]*127\.0\.0\.1:1[^\n]*\n$/)
      assert.ok(!stderr.includes(url.password))
    }
    assert.ok(!existsSync(join(cwd, 'rollcall-data')))
  })

  it('says once that its keys are not sealed', async () => {
    const lent = await lendDatabase()
    const node = await serve(['--database', lent.url, '--demo', '100'], { cwd })
    const { code, stderr } = await node.stop()
    assert.equal(code, 0)
    assert.equal(stderr.match(/Without ROLLCALL_SECRET/g)?.length, 1)
    await lent.drop()
  })
})
