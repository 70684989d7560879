import assert from 'node:assert/strict'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { highlight, highlightJson } from '../../console/src/reference/code/highlight.ts'
import { LANGUAGES } from '../../console/src/reference/code/languages.ts'
import type { HttpRequest } from '../../console/src/reference/curl/request.ts'
import { INTERPRETERS } from './interpreters.ts'

const NASTY = `{"it's": "a \\"quote\\", \\\\ $HOME #{x} \`y\` \u2028 é 👩‍🚀", "n": [null, true, 1.5, {}]}`

function print(id: string, request: HttpRequest): string {
  const language = LANGUAGES.find((one) => one.id === id)
  assert.ok(language)
  return language.print(request)
}

describe('code for a request', () => {
  let url = ''
  let received: Pick<IncomingMessage, 'method' | 'url' | 'headers'> = { headers: {} }
  let body = ''
  const server = createServer((request, response) => {
    received = request
    body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => response.writeHead(418).end('fine “é”'))
  })
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/users?q=it%27s%20%24x&sort%5B%5D=a`
  })
  after(() => server.close())

  for (const { id, title, absence, run } of INTERPRETERS) {
    it(`makes the same request when its ${title} is run`, { skip: absence }, async () => {
      const send = async (request: HttpRequest) => {
        received = { headers: {} }
        const code = print(id, request)
        assert.deepEqual(await run(code), { status: 418, text: 'fine “é”' }, code)
        assert.equal(received.method, request.method)
        assert.equal(`http://${received.headers.host ?? ''}${received.url ?? ''}`, request.url)
        return received.headers
      }
      const headers = [
        ['Authorization', "Bearer a'b\\$x"],
        ['Content-Type', 'application/merge-patch+json'],
        ['X-Path', 'C:\\new\\$x'],
      ] as const
      for (const text of [NASTY, JSON.stringify(JSON.parse(NASTY), null, 2), '{"__proto__":{"a":1}}']) {
        const sent = await send({ method: 'PATCH', url, headers, body: text })
        assert.deepEqual(JSON.parse(body), JSON.parse(text))
        assert.equal(sent.authorization, "Bearer a'b\\$x")
        assert.equal(sent['content-type'], 'application/merge-patch+json')
        assert.equal(sent['x-path'], 'C:\\new\\$x')
      }
      for (const text of ['', 'a=1&b=%22$HOME', '@a\r\n\t`b` $(c) "d" \\n {$e} #{f} \'g\' 😀\n'] as const) {
        await send({ method: 'POST', url, headers: [['Content-Type', 'text/plain']], body: text })
        assert.equal(body, text)
      }
      await send({ method: 'GET', url, headers: [], body: null })
      const marks = [
        ['X-A', '1'],
        ['X-A', '2'],
      ] as const
      const twice = await send({ method: 'QUERY', url, headers: [...marks, ['Content-Type', 'a/b']], body: '{}' })
      assert.equal(twice['x-a'], '1, 2')
    })
  }

  it('quotes what each language would take for something else', () => {
    const request = { method: 'POST', url: 'http://a.example/', headers: [], body: `'\\$x"\n` }
    assert.ok(print('php', request).includes(`CURLOPT_POSTFIELDS => '\\'\\\\$x"\n'`))
    assert.ok(print('php', request).includes(`'Content-Type:'`))
    assert.ok(print('ruby', request).includes(`request.body = '\\'\\\\$x"\n'`))
    assert.ok(print('go', request).includes('strings.NewReader(`\'\\$x"\n`)'))
    assert.ok(print('go', { ...request, body: '`"' }).includes('strings.NewReader("`\\"")'))
    assert.ok(print('java', request).includes(`ofString("'\\\\$x\\"\\n")`))
    assert.ok(print('ruby', { ...request, body: '\r\n#{x}' }).includes('request.body = "\\r\\n\\#{x}"'))
    assert.ok(print('python', request).includes(`data="'\\\\$x\\"\\n".encode()`))
  })

  it('writes JSON as values where the language has them', () => {
    const headers = [['Content-Type', 'application/json']] as const
    const python = print('python', {
      method: 'POST',
      url: 'http://a.example/',
      headers,
      body: '{"a":[null,true],"b":{}}',
    })
    assert.match(
      python,
      /json\.dumps\(\{\n {8}"a": \[\n {12}None,\n {12}True,\n {8}\],\n {8}"b": \{\},\n {4}\}\)\.encode\(\),/,
    )
  })

  it('says the method and every header in every language', () => {
    const headers = [['X-Mark', 'v']] as const
    for (const { id } of LANGUAGES) {
      const code = print(id, { method: 'QUERY', url: 'http://a.example/x', headers, body: '{}' })
      for (const part of ['QUERY', 'http://a.example/x', 'X-Mark']) assert.ok(code.includes(part), `${id}: ${part}`)
    }
  })
})

describe('colouring', () => {
  it('loses nothing, and tells names from texts', () => {
    assert.equal(
      highlightJson(NASTY)
        .map(({ text }) => text)
        .join(''),
      NASTY,
    )
    const kinds = highlightJson('{"a": "b", "c": [-1.5e3, null]}').flatMap(({ kind, text }) =>
      kind === 'plain' ? [] : [`${kind} ${text}`],
    )
    assert.deepEqual(kinds, ['key "a"', 'text "b"', 'key "c"', 'number -1.5e3', 'word null'])
  })

  it('loses nothing of code in any language', () => {
    const request = { method: 'POST', url: 'http://a.example/', headers: [['A', 'b']] as const, body: NASTY }
    for (const { print: write } of LANGUAGES) {
      const code = write(request)
      assert.equal(
        highlight(code)
          .map(({ text }) => text)
          .join(''),
        code,
      )
      assert.ok(highlight(code).some(({ kind }) => kind === 'text'))
    }
  })
})
