import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Rollcall } from '../harness.ts'
import type { RawRequest } from '../request.ts'
import { ENCODINGS, percentEncoded, share, STRINGS } from './collection.ts'
import { inspect, pathOf, startServer, TARGETS, type Target } from './inspection.ts'

const ENCODED = [...STRINGS.map(percentEncoded), ...ENCODINGS]
// What Node lets into a header; the rest cannot be sent.
const HEADER_VALUES = STRINGS.filter((text) => /^[\t\x20-\x7e\x80-\xff]*$/.test(text))
const COMMON_HEADERS = ['accept', 'authorization', 'content-type', 'if-none-match', 'x-request-id', 'host']

function bodyOf({ route }: Target): Pick<RawRequest, 'headers' | 'body'> {
  const [first] = Object.entries(route.operation.body?.content ?? {})
  if (!first) return {}
  const [mediaType, { example }] = first
  return { headers: { 'content-type': mediaType }, body: JSON.stringify(example) }
}

function parameterNames({ route }: Target, place: 'query' | 'path' | 'header'): readonly string[] {
  return route.operation.parameters.filter((one) => one.in === place).map(({ name }) => name)
}

let server: Rollcall
before(async () => {
  server = await startServer()
})
after(() => server.stop())

let place = 0

for (const target of TARGETS) {
  const { dialect, route } = target
  const isRead = route.operation.body === undefined && route.method === 'GET'

  describe(`${dialect.name} ${route.method} ${route.path}, given anything`, () => {
    for (const name of parameterNames(target, 'query')) {
      it(`answers in its own words to the query parameter ${name}`, async () => {
        const values = share(ENCODED, place++, 3)
        const requests = values.map((value) => ({
          method: route.method,
          path: `${pathOf(target)}?${percentEncoded(name)}=${value}`,
        }))
        assert.deepEqual(await inspect(server, target, requests), [])
      })
    }

    for (const name of parameterNames(target, 'path')) {
      it(`answers in its own words to the path parameter ${name}`, async () => {
        const requests = share(ENCODED, place++, 3).map((value) => ({
          method: route.method,
          path: pathOf(target, { [name]: value }),
          ...bodyOf(target),
        }))
        assert.deepEqual(await inspect(server, target, requests), [])
      })
    }

    it('answers in its own words to a parameter of any name', async () => {
      const requests = share(ENCODED, place++, isRead ? 4 : 16).map((name) => ({
        method: route.method,
        path: `${pathOf(target)}?${name}=1`,
        ...bodyOf(target),
      }))
      assert.deepEqual(await inspect(server, target, requests), [])
    })

    it('answers in its own words to any value of its headers', async () => {
      const names = [...parameterNames(target, 'header'), ...(isRead ? COMMON_HEADERS : [])]
      const requests = names.flatMap((name) =>
        share(HEADER_VALUES, place++, 12).map((value) => ({
          method: route.method,
          path: pathOf(target),
          ...bodyOf(target),
          headers: { ...bodyOf(target).headers, [name.toLowerCase()]: value },
        })),
      )
      assert.deepEqual(await inspect(server, target, requests), [])
    })
  })
}
