import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { openTiny, type TinyServer } from '../../test/tiny-server.ts'

const SCRIPT = `// ${'large enough to be given back '.repeat(4000)}`
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

describe('the pages', () => {
  const root = mkdtempSync(join(tmpdir(), 'rollcall-pages-'))
  const folder = join(root, 'dist')
  let tiny: TinyServer
  before(async () => {
    mkdirSync(join(folder, 'console/assets'), { recursive: true })
    const files: Readonly<Record<string, string | Uint8Array>> = {
      '../secret.txt': 'secret',
      built: '',
      'console.html': '<title>Console</title>',
      'console.html.gz': gzipSync('<title>Console</title>'),
      'console.html.br': 'not really br',
      'reference.html': '<title>Reference</title>',
      'console/assets/app-1a2b.js': SCRIPT,
      'console/assets/app-1a2b.css': 'a {}',
    }
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    tiny = await openTiny({ routes: [], consoleFolder: folder })
  })
  after(async () => {
    await tiny.close()
    rmSync(root, { recursive: true })
  })

  const get = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
    tiny.send({ method, path, headers: { authorization: '', ...headers } })

  it('are served at their names and at every place below', async () => {
    for (const [path, title] of [
      ['/console', 'Console'],
      ['/console/', 'Console'],
      ['/console/users/5ec2c050?sort=familyName', 'Console'],
      ['/reference', 'Reference'],
      ['/reference/alvys/list', 'Reference'],
    ] as const) {
      const answer = await get(path)
      assert.deepEqual([answer.status, answer.text], [200, `<title>${title}</title>`], path)
      assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8')
      assert.equal(answer.headers['cache-control'], 'no-cache')
    }
  })

  it('may load what is theirs and nothing that is written into them', async () => {
    for (const path of ['/console', '/reference', '/console/assets/app-1a2b.js', '/console/assets/none.js']) {
      const { headers } = await get(path)
      assert.equal(headers['content-security-policy'], POLICY)
      assert.equal(headers['x-content-type-options'], 'nosniff')
    }
    const { headers } = await get('/healthz')
    assert.equal(headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'")
  })

  it('have assets that are kept for a year, and are there again and again', async () => {
    for (let round = 0; round < 3; round++) {
      const answer = await get('/console/assets/app-1a2b.js')
      assert.equal(answer.text, SCRIPT)
      assert.equal(answer.headers['content-type'], 'text/javascript; charset=utf-8')
      assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable')
    }
    assert.equal((await get('/console/assets/app-1a2b.css')).headers['content-type'], 'text/css; charset=utf-8')
  })

  it('have no page in place of an asset there is not', async () => {
    for (const path of ['/console/assets/none.js', '/console/assets/', '/console/assets/app-1a2b.js/x']) {
      assert.equal((await get(path)).status, 404, path)
    }
  })

  it('lead to no other file, however a path is written', async () => {
    for (const path of [
      '/console/../secret.txt',
      '/console/../../secret.txt',
      '/console/%2e%2e/secret.txt',
      '/console/..%2f..%2fsecret.txt',
      '/console/assets/../../../secret.txt',
      '/console//etc/passwd',
      '/reference/..\\..\\secret.txt',
      '/console/built',
      '/built',
      '/console.html.gz',
      '/secret.txt',
    ]) {
      const { text, status } = await get(path)
      assert.ok(status === 404 || /<title>(Console|Reference)</.test(text), `${path}: ${status}`)
      assert.ok(!text.includes('secret<') && text !== 'secret')
    }
    assert.equal((await get('/console/%zz')).status, 400)
  })

  it('come compressed in the way the browser takes, with a tag for each', async () => {
    const encodingOf = async (acceptEncoding: string) => {
      const { headers } = await get('/console', { 'accept-encoding': acceptEncoding })
      assert.match(headers['vary'] ?? '', /Accept-Encoding/)
      return [headers['content-encoding'], headers['etag']?.replace(/^"[\w-]{43}/, '')]
    }
    assert.deepEqual(await encodingOf('gzip, deflate, br'), ['br', '-br"'])
    assert.deepEqual(await encodingOf('gzip'), ['gzip', '-gzip"'])
    assert.deepEqual(await encodingOf('br;q=0, GZIP;q=0.5'), ['gzip', '-gzip"'])
    assert.deepEqual(await encodingOf('*'), ['br', '-br"'])
    assert.deepEqual(await encodingOf('*;q=0'), [undefined, '"'])
    assert.deepEqual(await encodingOf('identity'), [undefined, '"'])
    assert.deepEqual(await encodingOf(''), [undefined, '"'])
    const only = await get('/reference', { 'accept-encoding': 'br' })
    assert.equal(only.headers['content-encoding'], undefined)
  })

  it('are not sent again to who has them', async () => {
    const { headers } = await get('/console')
    const again = await get('/console', { 'if-none-match': headers['etag'] ?? '' })
    assert.deepEqual([again.status, again.text], [304, ''])
    assert.equal(again.headers['content-security-policy'], POLICY)
  })

  it('answer HEAD, and nothing that is not read', async () => {
    const head = await get('/console', {}, 'HEAD')
    assert.deepEqual([head.status, head.text, head.headers['content-length']], [200, '', '22'])
    for (const path of ['/console', '/console/x', '/reference']) assert.equal((await get(path, {}, 'POST')).status, 405)
  })

  it('are where a browser is led that is given the address of the server', async () => {
    const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
    const led = await get('/', browser)
    assert.deepEqual([led.status, led.headers['location']], [302, '/console'])
    for (const accept of ['', '*/*', 'application/json', 'text/htmlx']) {
      const { status, text } = await get('/', { accept })
      assert.equal(status, 200)
      assert.equal((JSON.parse(text) as { readonly console: string }).console, '/console')
    }
  })
})

describe('pages that have not been built', () => {
  it('say in words how they are', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-pages-'))
    // Without its last file a build was cut short.
    writeFileSync(join(folder, 'console.html'), 'half')
    for (const consoleFolder of [undefined, folder, join(folder, 'none')]) {
      const tiny = await openTiny({ routes: [], ...(consoleFolder === undefined ? {} : { consoleFolder }) })
      for (const path of ['/console', '/console/users', '/reference']) {
        const answer = await tiny.send({ path })
        assert.equal(answer.status, 503)
        assert.match(answer.text, /npm run build --workspace console/)
      }
      const { text } = await tiny.send({ path: '/' })
      assert.equal((JSON.parse(text) as { readonly console?: string }).console, undefined)
      await tiny.close()
    }
    rmSync(folder, { recursive: true })
  })
})
