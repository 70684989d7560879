import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ask, run, serve, tokenIn, workingFolder, type Served } from './command.ts'

const PASSWORD = 'correct horse battery staple'
const LINK = /^ *(http\S+)\/console\/setup#(rc_[0-9A-Za-z]{49})$/m

/** The secret of the link a command has printed, and the address it leads to. */
function linkIn(stdout: string): { readonly address: string; readonly secret: string } {
  const [, address = '', secret = ''] = LINK.exec(stdout) ?? assert.fail(`no link in ${stdout}`)
  return { address, secret }
}

const post = (url: string, path: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
  fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

const setUp = ({ url }: Served, secret: string, identifier: string) =>
  post(url, '/v1/setup', { secret, user: { identifier }, password: PASSWORD })

const cookieOf = (answer: Response) => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''

describe('the first run', () => {
  it('prints a link that makes one administrator, who is signed in by it; the next start says that it is set up', async () => {
    const cwd = workingFolder()
    const first = await serve([], { cwd })
    const { address, secret } = linkIn(first.stdout)
    assert.equal(address, first.url)
    assert.notEqual(secret, tokenIn(first.stdout))
    const answer = await setUp(first, secret, 'ada')
    assert.equal(answer.status, 201)
    const cookie = cookieOf(answer)
    assert.match(cookie, /^rollcall-session=rc_/)
    const users = await fetch(`${first.url}/v1/users?identifier=ada`, { headers: { cookie } })
    assert.equal(((await users.json()) as { readonly total: number }).total, 1)
    // Once is once.
    assert.equal((await setUp(first, secret, 'eve')).status, 401)
    const { stderr } = await first.stop()
    for (const told of [secret, PASSWORD, cookie.slice(cookie.indexOf('rc_'))]) assert.ok(!stderr.includes(told))

    const second = await serve([], { cwd })
    assert.equal(
      second.stdout,
      `Rollcall is set up; sign in at ${second.url}/console\nRollcall is listening on ${second.url}\n`,
    )
    // A session outlives the process that opened it.
    assert.equal((await fetch(`${second.url}/v1/me`, { headers: { cookie } })).status, 200)
    const signedIn = await post(second.url, '/v1/session', { identifier: 'ada', password: PASSWORD })
    assert.equal(signedIn.status, 201)
    await second.stop()
  })

  it('prints a new link at every start until somebody has used one, and ends the one before', async () => {
    const cwd = workingFolder()
    const first = await serve([], { cwd })
    await first.stop()
    const second = await serve(['--public-url', 'https://directory.example.com'], { cwd })
    const links = [linkIn(first.stdout), linkIn(second.stdout)] as const
    assert.equal(links[1].address, 'https://directory.example.com')
    assert.notEqual(links[0].secret, links[1].secret)
    assert.equal((await setUp(second, links[0].secret, 'eve')).status, 401)
    assert.equal((await setUp(second, links[1].secret, 'ada')).status, 201)
    assert.equal((await setUp(second, links[1].secret, 'eve')).status, 401)
    await second.stop()
  })
})

describe('rollcall setup-link', () => {
  it('lets in again who is locked out, as the user there is', async () => {
    const cwd = workingFolder()
    const first = await serve([], { cwd })
    const token = tokenIn(first.stdout)
    assert.equal((await setUp(first, linkIn(first.stdout).secret, 'ada')).status, 201)
    const { body } = await ask(first.url, '/v1/users?identifier=ada', token)
    const [ada] = body['users'] as readonly { readonly id: string }[]
    const path = `/v1/users/${ada?.id ?? ''}`
    // Somebody else still signs in: otherwise the next start would print a link of its own, and end this one.
    const bob = await ask(first.url, '/v1/users', token, { method: 'POST', body: '{"identifier":"bob"}' })
    const right = JSON.stringify({ permissions: ['users:read'], scope: 'all', password: PASSWORD })
    await ask(first.url, `/v1/users/${String(bob.body['id'])}/sign-in`, token, { method: 'PUT', body: right })
    await ask(first.url, path, token, { method: 'PUT', body: '{"identifier":"ada","status":"locked"}' })
    assert.equal((await post(first.url, '/v1/session', { identifier: 'ada', password: PASSWORD })).status, 401)
    await first.stop()

    const made = await run(['setup-link', '--json'], { cwd })
    const { url, expiresAt } = JSON.parse(made.stdout) as { readonly url: string; readonly expiresAt: string }
    assert.ok(Date.parse(expiresAt) > Date.now())
    const second = await serve([], { cwd })
    const answer = await setUp(second, linkIn(url).secret, 'ada')
    assert.equal(answer.status, 201)
    const me = (await answer.json()) as { readonly user: { readonly id: string; readonly status: string } }
    assert.deepEqual([me.user.id, me.user.status], [ada?.id, 'active'])
    await second.stop()
  })

  it('prints nothing but the link to standard output, and leads to where settings say the server is', async () => {
    const cwd = workingFolder()
    const { stdout, stderr, code } = await run(['setup-link', '--port', '9000'], { cwd })
    assert.equal(code, 0)
    assert.equal(linkIn(stdout).address, 'http://127.0.0.1:9000')
    assert.match(stdout, /^\S+\n$/)
    assert.match(stderr, /^Open this until \S+Z, while the server runs:\n$/)
  })

  it("leads to the machine's own address where the server listens on all of them", async () => {
    const cwd = workingFolder()
    const leadsTo = async (host: string) => linkIn((await run(['setup-link', '--host', host], { cwd })).stdout).address
    assert.equal(await leadsTo('0.0.0.0'), 'http://127.0.0.1:8080')
    assert.equal(await leadsTo('::'), 'http://[::1]:8080')
    assert.equal(await leadsTo('::1'), 'http://[::1]:8080')
    assert.equal(await leadsTo('0.0.0.0.example'), 'http://0.0.0.0.example:8080')
  })
})

describe('rollcall token list', () => {
  it('shows what is shown in Authorization, and everything with --all', async () => {
    const cwd = workingFolder()
    const server = await serve([], { cwd })
    assert.equal((await setUp(server, linkIn(server.stdout).secret, 'ada')).status, 201)
    const environment = { ROLLCALL_TOKEN: tokenIn(server.stdout), ROLLCALL_SERVER: server.url }
    const uses = async (...args: readonly string[]) => {
      const { stdout } = await run(['token', 'list', '--json', ...args], { cwd, environment })
      return (JSON.parse(stdout) as readonly { readonly use: string }[]).map(({ use }) => use).sort()
    }
    assert.deepEqual(await uses(), ['bearer'])
    assert.deepEqual(await uses('--all'), ['bearer', 'session', 'setup', 'sign-in'])
    const { stdout } = await run(['token', 'list', '--all'], { cwd, environment })
    assert.match(stdout, /^ID +USE +NAME +PERMISSIONS/)
    await server.stop()
  })
})
