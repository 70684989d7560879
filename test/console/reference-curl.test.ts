import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parseCurl } from '../../console/src/reference/curl/parse.ts'
import { printCurl } from '../../console/src/reference/curl/print.ts'
import type { HttpRequest } from '../../console/src/reference/curl/request.ts'
import { COMMANDS, FORGIVEN } from './curl-commands.ts'

const URL_ = 'http://127.0.0.1:8080/users'

function said(line: string) {
  const reading = parseCurl(line)
  assert.ok(reading.isUnderstood, reading.isUnderstood ? '' : `${reading.message} (at ${reading.at}) in ${line}`)
  return reading
}

describe('reading a curl command line', () => {
  for (const { subject, line, request } of COMMANDS) {
    it(`understands ${subject}`, () => assert.deepEqual(said(line).request, request))
  }

  for (const { subject, line, request } of FORGIVEN) {
    it(`forgives ${subject}`, () => assert.deepEqual(said(line).request, request))
  }

  it('says which options change nothing, each once and as written', () => {
    const line = `curl -sS -s --compressed --no-buffer -o out.json -m5 --http2 --retry 3 --proxy=http://p:1 ${URL_}`
    const expected = ['-s', '-S', '--compressed', '--no-buffer', '-o', '-m', '--http2', '--retry', '--proxy']
    assert.deepEqual(said(line).ignored, expected)
  })

  it('says which variables it does not know, and what it leaves out', () => {
    const { variables, leftOut } = said(`curl "$BASE/users" -H "Authorization: Bearer $TOKEN" 2>/dev/null | jq .`)
    assert.deepEqual(variables, ['BASE', 'TOKEN'])
    assert.equal(leftOut, '>/dev/null | jq .')
  })

  const faults: readonly (readonly [subject: string, line: string, message: RegExp, marked: string])[] = [
    ['another program', `wget ${URL_}`, /begins with curl/, 'wget'],
    ['nothing', '', /no command/, ''],
    ['no address', 'curl -s', /no URL/, 'curl'],
    ['two addresses', `curl ${URL_} http://b.example`, /second URL/, 'http://b.example'],
    ['an option there is not', `curl --heade 'a: b' ${URL_}`, /--heade.*--head/, '--heade'],
    ['a letter there is not', `curl -s? ${URL_}`, /-\?/, '-s?'],
    ['an option without its value', `curl ${URL_} -H`, /-H needs a value/, '-H'],
    ['a value for a flag', `curl --head=1 ${URL_}`, /--head takes no value/, '--head=1'],
    ['a file of headers', `curl -H @headers.txt ${URL_}`, /file headers\.txt/, '@headers.txt'],
    ['a file of data', `curl ${URL_} -d @body.json`, /file body\.json/, '@body.json'],
    ['data from standard input', `curl ${URL_} --json @-`, /standard input/, '@-'],
    ['a file to encode', `curl ${URL_} --data-urlencode name@f.txt`, /file f\.txt/, 'name@f.txt'],
    ['a file of cookies', `curl ${URL_} -b jar.txt`, /file jar\.txt/, 'jar.txt'],
    ['a file to send', `curl -T a.txt ${URL_}`, /-T: curl would send a file/, '-T'],
    ['parts of a form', `curl -F a=b ${URL_}`, /multipart/, '-F'],
    ['a second request', `curl ${URL_} -: http://b.example`, /second request/, '-:'],
    ['a second command', `curl ${URL_}\ncurl ${URL_}`, /second command/, `curl ${URL_}`],
    ['a header without a colon', `curl -H 'Accept' ${URL_}`, /no colon/, "'Accept'"],
    ['a name that is none', `curl -H 'a b: c' ${URL_}`, /“a b” is no name/, "'a b: c'"],
    ['two lines in a header', `curl -H $'a: b\\nc: d' ${URL_}`, /one line/, "$'a: b\\nc: d'"],
    ['a user without a password', `curl -u ada ${URL_}`, /password of ada/, 'ada'],
    ['a body for HEAD', `curl -I -d a=1 ${URL_}`, /no body/, '-I'],
    ['another protocol', `curl ftp://a.example/x`, /not ftp/, 'ftp://a.example/x'],
    ['a space in the address', `curl '${URL_}?a=b c'`, /no spaces/, `'${URL_}?a=b c'`],
    ['an open quote', `curl '${URL_}`, /never closed/, "'"],
    ['an open quote of bash', `curl $'${URL_}`, /never closed/, '$'],
    ['bytes that are no text', `curl ${URL_} -d $'\\xff'`, /UTF-8/, '\\xff'],
    ['an address without quotes', `curl ${URL_}?a=1&b=2`, /& outside quotes/, '&'],
    ['a command inside', `curl ${URL_} -H "Authorization: Bearer $(cat token)"`, /run a command/, '$'],
    ['an input file', `curl ${URL_} -d a < file`, /read a file/, '<'],
    ['an open quote of the command prompt', `curl ^\n "${URL_}`, /never closed/, '"'],
  ]
  for (const [subject, line, message, marked] of faults) {
    it(`says where it stumbles over ${subject}`, () => {
      const reading = parseCurl(line)
      assert.ok(!reading.isUnderstood)
      assert.match(reading.message, message)
      assert.equal(line.slice(reading.at, reading.end), marked)
    })
  }

  it('never throws, and marks only what is there', () => {
    const pieces = fc.constantFrom(
      'curl',
      ' ',
      '-',
      '--',
      'd',
      'H',
      'X',
      "'",
      '"',
      '\\',
      '^',
      '$',
      '\n',
      '`',
      '|',
      '@',
      '=',
      ':',
    )
    const text = fc.array(fc.oneof({ weight: 4, arbitrary: pieces }, fc.string({ unit: 'binary', maxLength: 3 })))
    fc.assert(
      fc.property(text, (parts) => {
        const line = `curl ${parts.join('')}`
        const reading = parseCurl(line)
        if (reading.isUnderstood) return
        assert.ok(reading.at >= 0 && reading.at < reading.end && reading.at <= line.length, JSON.stringify(reading))
      }),
      { numRuns: 2000 },
    )
  })

  it('reads a line of 100 kB in no more than its length takes', () => {
    for (const piece of ["'a' ", '\\\n', '"$x"', '^"', '-H a:b ', '\\\\', '#']) {
      parseCurl(`curl ${piece.repeat(100_000 / piece.length)}`)
    }
  })
})

describe('writing a curl command line', () => {
  const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}$/)
  const line = fc
    .string({ unit: 'binary', maxLength: 40 })
    // eslint-disable-next-line no-control-regex
    .map((text) => text.replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, '').replace(/^[ \t]+|[ \t]+$/g, ''))
  const url = fc.webUrl({ withQueryParameters: true, validSchemes: ['http', 'https'] })
  const request: fc.Arbitrary<HttpRequest> = fc.record({
    method: fc.oneof(fc.constantFrom('GET', 'POST', 'HEAD', 'QUERY', 'PATCH'), token),
    url: fc.oneof(url, fc.constant(`${URL_}?sort[]=a:desc&q={x}&it's=1`), fc.constant('/users/{id}')),
    headers: fc.array(fc.oneof(fc.tuple(token, line), fc.constant(['content-type', 'text/plain'] as const))),
    body: fc.option(
      fc.oneof(
        fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
        fc.json(),
        fc.constantFrom('@file', '', '\r\n', '\n', '^"x^"', "it's\t$HOME `ls`", '\ud800', '-d', 'é\u2028👩‍🚀'),
      ),
    ),
  })

  it('says a request so that it is read back as the same one', () => {
    fc.assert(
      fc.property(request, (one) => {
        assert.deepEqual(said(printCurl(one)).request, { ...one })
      }),
      { numRuns: 2000 },
    )
  })

  it('says nothing that curl does by itself', () => {
    const json = ['Content-Type', 'application/json'] as const
    assert.equal(
      printCurl({ method: 'POST', url: URL_, headers: [json], body: `{"a":"it's"}` }),
      `curl --url '${URL_}' \\\n  --header 'Content-Type: application/json' \\\n  --data '{"a":"it'\\''s"}'`,
    )
    assert.equal(printCurl({ method: 'GET', url: URL_, headers: [], body: null }), `curl --url '${URL_}'`)
  })
})
