import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { assertAccessible, openBrowser, WITHOUT_BROWSER } from './browser.ts'

const ID = '0190d9e4-7a51-7b54-9c1e-5a6f0f4c2d11'
const page = (body: string) => `<!doctype html><html lang="en"><title>Page</title><main><h1>Page</h1>${body}</main>`
const tiny = (name: string) => `<button style="width:12px;height:12px;padding:0" aria-label="${name}"></button>`
const PAGES: Readonly<Record<string, string>> = {
  '/': page('<p>Good.</p>'),
  '/logs': page('<script>console.error("went wrong")</script>'),
  '/refused': page(`<script>void fetch("/users/${ID}?x=1")</script>`),
  '/tiny': page(tiny('One') + tiny('Two')),
}

describe('a browser of the tests', { skip: WITHOUT_BROWSER }, () => {
  let server: Server
  let origin = ''

  before(async () => {
    server = createServer(({ url = '' }, response) => {
      const body = PAGES[url]
      response.writeHead(body === undefined ? (url === '/favicon.ico' ? 204 : 409) : 200, {
        'content-type': 'text/html',
      })
      response.end(body)
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => server.close())

  async function visited(path: string, expected: readonly string[] = []): Promise<void> {
    const browser = await openBrowser(origin, { expected })
    const opened = await browser.open(path)
    await opened.waitForLoadState('networkidle')
    await browser.close()
  }

  it('does not close in silence on a page that has logged an error', async () => {
    await visited('/')
    await assert.rejects(visited('/logs'), /error: went wrong/)
    await visited('/logs', ['error: went wrong'])
  })

  it('lets pass the refusals that are expected, by status and path, and no others', async () => {
    await assert.rejects(visited('/refused'), /409 \/users\/\{id\}/)
    await assert.rejects(visited('/refused', ['404 /users/{id}', '409 /users']), /409 \/users\/\{id\}/)
    await visited('/refused', ['409 /users/{id}'])
  })

  it('finds targets that are too small and too near to each other (WCAG 2.2, 2.5.8)', async () => {
    const browser = await openBrowser(origin)
    await assertAccessible(await browser.open('/'))
    await assert.rejects(assertAccessible(await browser.open('/tiny')), /target-size/)
    await browser.close()
  })
})
