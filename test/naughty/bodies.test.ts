import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { operator } from '../../src/core/principal.ts'
import type { Rollcall } from '../harness.ts'
import type { RawRequest } from '../request.ts'
import { BODY_TEXTS, bytesOf, ENCODINGS, MEMBER_TEXTS, share, STRINGS } from './collection.ts'
import { faultOf, inspect, pathOf, sent, startServer, TARGETS, type Target } from './inspection.ts'
import { membersOf, type Member } from './member.ts'

interface BodyOf {
  readonly mediaType: string
  readonly example: unknown
  readonly members: readonly Member[]
}

function bodiesOf({ route }: Target): readonly BodyOf[] {
  return Object.entries(route.operation.body?.content ?? {}).flatMap(([mediaType, { schema, example }]) =>
    mediaType.endsWith('json') ? [{ mediaType, example, members: membersOf(schema, example) }] : [],
  )
}

let made = 0

/** The same body with other values where two users may not have the same, and so that all of it is written or nothing. */
function renewed(value: unknown): unknown {
  const unique = `n${++made}`
  return JSON.parse(JSON.stringify(value), (name, one: unknown) => {
    if (name === 'atomic') return true
    // Nobody knows which revision a user is at by now.
    if (name === 'ifRevision') return undefined
    if (typeof one !== 'string') return one
    if (one.includes('@')) return `${unique}.${one}`
    return name === 'identifier' || name === 'code' ? `${one}-${unique}` : one
  })
}

function requestOf(target: Target, mediaType: string, body: string | Buffer): RawRequest {
  return { method: target.route.method, path: pathOf(target), body, headers: { 'content-type': mediaType } }
}

let server: Rollcall
before(async () => {
  server = await startServer()
})
after(() => server.stop())

/** What the last commit wrote: a user or a customer, or the names of all tokens where it was one of them. */
async function lastWritten(revision: number): Promise<unknown> {
  const view = server.directory.as(operator(1))
  const { users } = await view.users({
    sort: [{ field: 'revision', descending: true }],
    page: { offset: 0, limit: 1 },
    includeDeleted: true,
  })
  if (users[0]?.revision === revision) return users[0]
  const customer = (await view.customers()).within().find((one) => one.revision === revision)
  const saved = (await view.savedViews()).find((one) => one.revision === revision)
  return customer ?? saved ?? (await view.tokens()).map(({ name }) => name)
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, one]) => [name, ...textsOf(one)])
}

// Kept only as a hash; and what says how to write, or which user, is not written.
const NOT_KEPT = /password|(^|\.)(op|path|from|id|atomic|dryRun|ifRevision|revision)$/i

/** Whether a text was stored as it came: in NFC, or, where it is a time, as the same moment. */
function isKept(text: string, written: unknown): boolean {
  const texts = textsOf(written)
  const moment = Date.parse(text)
  return texts.includes(text.normalize('NFC')) || texts.some((one) => Date.parse(one) === moment)
}

async function faultsOfMember(target: Target, { mediaType, example }: BodyOf, member: Member): Promise<string[]> {
  const faults: string[] = []
  const nth = /password/i.test(member.name) ? 64 : 16
  for (const text of share(STRINGS, place++, nth)) {
    const before = await server.directory.revision()
    const body = member.in(renewed(example), text)
    const request = requestOf(target, mediaType, JSON.stringify(body))
    const answer = await sent(server, request)
    const fault = faultOf(target, request, answer)
    if (fault !== undefined) faults.push(fault)
    const revision = await server.directory.revision()
    if (revision === before) continue
    // An atomic batch or a refused write that left something behind would be half a write.
    if (answer.status >= 400)
      faults.push(`${member.name} = ${JSON.stringify(text)}: refused, and yet something was written`)
    else if (member.isKept && !NOT_KEPT.test(member.name) && !isKept(text, await lastWritten(revision))) {
      faults.push(`${member.name} = ${JSON.stringify(text)}: stored, but not as it came`)
    }
  }
  return faults
}

let place = 0

for (const target of TARGETS) {
  const { dialect, route } = target
  for (const body of bodiesOf(target)) {
    const { mediaType, example, members } = body
    describe(`${dialect.name} ${route.method} ${route.path} as ${mediaType}, given anything`, () => {
      it('takes its own example, so that what follows is refused for what it is', async () => {
        const answer = await sent(server, requestOf(target, mediaType, JSON.stringify(renewed(example))))
        // The example of credentials is nobody's.
        const hasCredentials = route.access === 'public' || route.operation.id === 'changePassword'
        const expected = hasCredentials ? [400, 401] : [200, 201]
        assert.ok(expected.includes(answer.status), `${answer.status} ${answer.text}`)
      })

      for (const member of members) {
        it(`stores what it is given in ${member.name} unchanged, or refuses it`, async () => {
          assert.deepEqual(await faultsOfMember(target, body, member), [])
        })
      }

      it('answers in its own words to values of any type in any member', async () => {
        const requests = members.flatMap((member) =>
          share(MEMBER_TEXTS, place++, 4).map((text) => {
            const marked = JSON.stringify(member.in(renewed(example), '\u0000 here'))
            return requestOf(
              target,
              mediaType,
              marked.replace('"\\u0000 here"', () => text),
            )
          }),
        )
        assert.deepEqual(await inspect(server, target, requests), [])
      })

      it('answers in its own words to bytes that are not UTF-8 in any member', async () => {
        const requests = members.flatMap((member) =>
          share(ENCODINGS, place++, 12).map((encoding) => {
            const [start = '', end = ''] = JSON.stringify(member.in(renewed(example), '\u0000 here')).split(
              '\\u0000 here',
            )
            return requestOf(
              target,
              mediaType,
              Buffer.concat([Buffer.from(start), bytesOf(encoding), Buffer.from(end)]),
            )
          }),
        )
        assert.deepEqual(await inspect(server, target, requests), [])
      })

      it('answers in its own words to any body', async () => {
        const bodies = [...BODY_TEXTS, ...share(STRINGS, place++, 4)]
        assert.deepEqual(
          await inspect(
            server,
            target,
            bodies.map((text) => requestOf(target, mediaType, text)),
          ),
          [],
        )
      })

      it('answers in its own words to a member of any name', async () => {
        const requests = share(STRINGS, place++, 4).map((name) => {
          const named = { ...(renewed(example) as object), [name]: 1 }
          return requestOf(target, mediaType, JSON.stringify(named))
        })
        assert.deepEqual(await inspect(server, target, requests), [])
      })
    })
  }
}
