import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStore } from '../../src/storage/index.ts'
import { ask, gather, run, serve, start, tokenIn, workingFolder, type Served } from './command.ts'

const SAMPLES = new URL('../import/', import.meta.url)

/** The e-mail addresses each door lists, and what stands for them there. */
const DOORS: Readonly<Record<string, (url: string, token: string) => Promise<readonly unknown[]>>> = {
  rollcall: async (url, token) => list(await ask(url, '/v1/users?limit=1000', token), 'users'),
  alvys: async (url, token) => bare(await ask(url, '/api/p/v1/users/list', token)),
  nameshield: async (url, token) =>
    list({ body: await dataOf(ask(url, '/user/v1/users?limit=500', token)) }, 'results'),
  d3lay: async (url, token) => bare(await ask(url, '/users?page_size=100', token)),
  devrev: async (url, token) =>
    list(await ask(url, '/sys-users.list', token, { method: 'POST', body: '{"limit":100}' }), 'sys_users'),
  plaspy: async (url, token) => list(await ask(url, '/api/users', token), 'users'),
}

type Json = Readonly<Record<string, unknown>>

function list({ body }: { body: Json }, member: string): readonly unknown[] {
  return body[member] as readonly unknown[]
}

function bare({ body }: { body: unknown }): readonly unknown[] {
  return body as readonly unknown[]
}

async function dataOf(answer: Promise<{ body: Json }>): Promise<Json> {
  return (await answer).body['data'] as Json
}

const emails = (users: readonly unknown[]) =>
  users.map((user) => (user as { email?: string }).email ?? '').filter((email) => email !== '')

function sample(cwd: string, name: string): string {
  const file = join(cwd, name)
  writeFileSync(file, readFileSync(new URL(name, SAMPLES)))
  return file
}

describe('rollcall import', () => {
  let cwd: string
  let server: Served
  let token: string

  before(async () => {
    cwd = workingFolder()
    const offline = await run(['import', sample(cwd, 'google.csv')], { cwd })
    assert.deepEqual([offline.code, offline.stderr], [0, 'Detected: Google Workspace user export (34 of 34 columns)\n'])
    assert.match(offline.stdout, /^Created 3, updated 0, left unchanged 0, refused 0 of 3 rows \(\d+ rows\/s\)\.\n$/)
    server = await serve([], { cwd })
    token = tokenIn(server.stdout)
  })
  after(() => server.stop())

  const through = (file: string, ...args: string[]) =>
    run(['import', file, '--server', server.url, ...args], { cwd, environment: { ROLLCALL_TOKEN: token } })

  it('brings users through a running server, who are behind all six doors at once', async () => {
    const { code, stdout } = await through(sample(cwd, 'okta.csv'), '--json')
    assert.equal(code, 0)
    const result = JSON.parse(stdout) as Json
    assert.deepEqual([result['format'], result['created'], result['refused']], ['okta', 4, 0])
    const expected = [
      'grace@navy.example',
      'zoe@navy.example',
      'taro@navy.example',
      'isaac.brock@okta.example',
      'staged@okta.example',
      'locked@okta.example',
      'gone@okta.example',
    ]
    for (const [door, users] of Object.entries(DOORS))
      assert.deepEqual(emails(await users(server.url, token)), expected, door)
  })

  it('makes no doubles through the server either', async () => {
    const { code, stdout } = await through(sample(cwd, 'okta.csv'))
    assert.equal(code, 0)
    assert.match(stdout, /^Created 0, updated 0, left unchanged 4, refused 0 of 4 rows/)
  })

  it('puts the rows a server refuses into a file, and ends with 1', async () => {
    const file = join(cwd, 'some.csv')
    writeFileSync(file, 'identifier,email,customer\none,one@x.example,root\ntwo,ONE@x.example,\nthree,3@x.example,99\n')
    const { code, stdout } = await through(file)
    assert.equal(code, 1)
    assert.match(
      stdout,
      /^Created 1, updated 0, left unchanged 0, refused 2 of 3 rows .*\nRefused rows, with the reasons: .*some\.csv\.refused\.csv\n$/,
    )
    const refused = readFileSync(`${file}.refused.csv`, 'utf8').split('\r\n')
    assert.match(refused[1] ?? '', /^3,This e-mail address is in use\.,two,ONE@x\.example,$/)
    assert.match(refused[2] ?? '', /^4,"customer names no customer: ""99"" /)
  })

  it('tells the same when it only tries, and writes nothing', async () => {
    const file = join(cwd, 'tried.csv')
    writeFileSync(file, 'identifier,email\nt1,t1@x.example\nT1,t1@x.example\nt2,T1@x.example\n')
    const { stdout } = await through(file, '--dry-run')
    assert.match(stdout, /^Would have created 1, updated 1, left unchanged 0, refused 1 of 3 rows/)
    const { body } = await ask(server.url, '/v1/users?search=t1', token)
    assert.ok(!emails(list({ body }, 'users')).includes('t1@x.example'))
    // The second row names the first one's user in capitals, and so renames it.
    assert.match((await through(file)).stdout, /^Created 1, updated 1, left unchanged 0, refused 1 of 3 rows/)
  })

  it('says what it needs of a server: a token, one that works, and a server', async () => {
    const file = sample(cwd, 'okta.csv')
    const none = await run(['import', file, '--server', server.url], { cwd })
    assert.deepEqual([none.code, none.stdout], [4, ''])
    assert.match(none.stderr, /ROLLCALL_TOKEN/)
    const environment = { ROLLCALL_TOKEN: token.slice(0, -1) + (token.endsWith('x') ? 'y' : 'x') }
    assert.equal((await run(['import', file, '--server', server.url], { cwd, environment })).code, 4)
    const nobody = await run(['import', file, '--server', 'http://127.0.0.1:9'], { cwd, environment })
    assert.equal(nobody.code, 5)
    assert.match(nobody.stderr, /\nrollcall: The server at http:\/\/127\.0\.0\.1:9 does not answer [^\n]*\n$/)
  })

  it('reads standard input', async () => {
    const elsewhere = workingFolder()
    const input = '{"identifier":"a"}\n{"identifier":"b"}\n'
    const { code, stdout } = await run(['import', '-'], { cwd: elsewhere, input })
    assert.equal(code, 0)
    assert.match(stdout, /^Created 2,/)
  })
})

describe('an import that is killed', () => {
  it('leaves every batch it has written, and makes no doubles when it runs again', async () => {
    const cwd = workingFolder()
    const rows = Array.from({ length: 4000 }, (_, index) => `k${index},k${index}@x.example`)
    const child = start(['import', '-', '--data', 'data'], { cwd })
    gather(child)
    // Two whole batches, and most of one that waits for more.
    child.stdin.write(`identifier,email\n${rows.slice(0, 2750).join('\n')}\n`)
    const database = join(cwd, 'data', 'rollcall.db')
    while ((await countIn(database)) < 2000) await sleep(50)
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('close', resolve))
    const file = join(cwd, 'users.csv')
    writeFileSync(file, `identifier,email\n${rows.join('\n')}\n`)
    // What was written last may be in the log beside the database only; a trial has to see it too.
    const tried = await run(['import', file, '--data', 'data', '--dry-run'], { cwd })
    assert.match(tried.stdout, /^Would have created 2000, updated 0, left unchanged 2000, refused 0 of 4000 rows/)
    assert.equal(await countIn(database), 2000)

    const { stdout } = await run(['import', file, '--data', 'data'], { cwd })
    assert.match(stdout, /^Created 2000, updated 0, left unchanged 2000, refused 0 of 4000 rows/)
    assert.equal(await countIn(database), 4000)
  })

  it('ends after the batch it is at on Ctrl+C, with 130', async () => {
    const cwd = workingFolder()
    const child = start(['import', '-', '--data', 'data'], { cwd })
    const output = gather(child)
    child.stdin.write(`identifier\n${Array.from({ length: 1200 }, (_, index) => `c${index}`).join('\n')}\n`)
    while ((await countIn(join(cwd, 'data', 'rollcall.db'))) < 1000) await sleep(50)
    child.kill('SIGINT')
    const [code] = await new Promise<[number | null]>((resolve) =>
      child.once('close', (...ended) => resolve([ended[0]])),
    )
    assert.equal(code, 130)
    assert.match(output().stdout, /^Created 1000,/)
    assert.match(output().stderr, /\nrollcall: Interrupted after 1000 rows; what was written stays/)
  })
})

/** Users in the database beside the first administrator, read while another process may write; 0 before it exists. */
async function countIn(database: string): Promise<number> {
  try {
    readFileSync(database)
  } catch {
    return 0
  }
  const store = await openStore(`sqlite:${database}`)
  try {
    const counts = await store.userCounts()
    return Math.max(0, [...counts.values()].reduce((sum, { live }) => sum + live, 0) - 1)
  } finally {
    await store.close()
  }
}
