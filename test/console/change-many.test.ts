import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Change } from '../../console/src/pages/bulk/change.ts'
import { changeMany, takeBack, type Row, type Target } from '../../console/src/pages/bulk/change-many.ts'
import { openCourse, type Course, type Standing } from '../../console/src/work/course.ts'
import { openClient, type Client, type ClientOptions } from '../../sdk/src/index.ts'
import { serve, tokenIn, workingFolder, type Served } from '../e2e/command.ts'

const isBatch = (url: unknown) => typeof url === 'string' && url.endsWith('/batch')

const LOCKED: Change = { kind: 'status', status: 'locked', reason: 'audit' }

describe('a change of many users', () => {
  let server: Served
  let client: Client
  let clientWith: (options: ClientOptions) => Client

  before(async () => {
    server = await serve(['--demo', '60'], { cwd: workingFolder() })
    clientWith = (options) => openClient({ url: server.url, token: tokenIn(server.stdout), ...options })
    client = clientWith({})
  })
  after(() => server.stop())

  /** New users that can be told by their group. */
  async function crowd(group: string, size: number): Promise<readonly string[]> {
    const ids: string[] = []
    for (let from = 0; from < size; from += 1000) {
      const { results } = await client.users.batch({
        operations: Array.from({ length: Math.min(1000, size - from) }, (_, index) => ({
          op: 'create',
          user: {
            identifier: `${group}-${from + index}`,
            group,
            role: String((from + index) % 7),
            tags: { keep: 'me' },
          },
        })),
      })
      ids.push(...results.flatMap((one) => (one.outcome === 'created' ? [one.user.id] : [])))
    }
    return ids
  }

  interface Run {
    readonly users?: Client['users']
    readonly onStanding?: (standing: Standing, course: Course) => void
    readonly onRows?: (rows: readonly Row[], course: Course) => void
  }

  async function changed(target: Target, change: Change, run: Run = {}) {
    const rows: Row[] = []
    const course: Course = openCourse((standing) => run.onStanding?.(standing, course))
    const end = await changeMany(target, change, {
      users: run.users ?? client.users,
      course,
      onRows(done) {
        rows.push(...done)
        run.onRows?.(done, course)
      },
    })
    return { end, rows }
  }

  const everyone = (group: string) => client.users.list({ group, includeDeleted: true, limit: 1000 })

  it('reaches all of a list once, although they leave the list and move in its order on the way', async () => {
    await crowd('all', 1203)
    const query = { filter: 'group eq "all" and status eq "active"', sort: ['updatedAt'] }
    const { end, rows } = await changed({ kind: 'all', query }, LOCKED)
    assert.equal(end, 'done')
    assert.deepEqual([rows.length, new Set(rows.map(({ id }) => id)).size], [1203, 1203])
    assert.ok(rows.every(({ outcome }) => outcome === 'changed'))
    const { total } = await client.users.list({ filter: 'group eq "all" and status eq "locked"', limit: 1 })
    assert.equal(total, 1203)
    // These stay in the list, and each change puts them to its end.
    for (const [role, search] of Object.entries({ x: '', y: 'all' })) {
      const target = { kind: 'all', query: { group: 'all', search, sort: ['updatedAt'] } } as const
      const { rows: moved } = await changed(target, { kind: 'role', role })
      assert.deepEqual([moved.length, moved.filter(({ outcome }) => outcome === 'changed').length], [1203, 1203])
    }
  })

  it('says of each user that was chosen what became of it', async () => {
    const [one = '', two = '', three = '', four = ''] = await crowd('some', 4)
    await client.users.update(two, { status: 'locked', statusReason: 'audit' })
    await client.users.remove(three)
    const nobody = '00000000-0000-4000-8000-000000000000'
    const { rows } = await changed({ kind: 'some', ids: [one, two, three, four, nobody] }, LOCKED)
    assert.deepEqual(Object.fromEntries(rows.map(({ id, outcome, reason }) => [id, reason ?? outcome])), {
      [one]: 'changed',
      [two]: 'unchanged',
      [three]: 'User not found.',
      [four]: 'changed',
      [nobody]: 'There is no such user any more.',
    })
  })

  it('adds and removes tags, and leaves the others', async () => {
    const ids = await crowd('tags', 2)
    await client.users.update(ids[0] ?? '', { tags: { old: '1' } })
    await changed({ kind: 'some', ids }, { kind: 'tags', set: { team: 'red' }, remove: ['old'] })
    const tags = (await everyone('tags')).users.map((user) => user.tags)
    assert.deepEqual(tags, [
      { keep: 'me', team: 'red' },
      { keep: 'me', team: 'red' },
    ])
  })

  it('moves to a customer, gives a role, and takes it away', async () => {
    const ids = await crowd('move', 2)
    const customerId = (await client.customers.list()).customers.at(-1)?.id ?? 0
    await changed({ kind: 'some', ids }, { kind: 'customer', customerId })
    await changed({ kind: 'some', ids }, { kind: 'role', role: '' })
    const { users } = await everyone('move')
    assert.deepEqual(
      users.map((user) => [user.customerId, user.role]),
      [
        [customerId, null],
        [customerId, null],
      ],
    )
  })

  it('deletes and restores, and takes back either, but not what somebody changed since', async () => {
    const ids = await crowd('gone', 3)
    const { rows } = await changed({ kind: 'some', ids }, { kind: 'delete' })
    assert.deepEqual(new Set((await everyone('gone')).users.map(({ status }) => status)), new Set(['deleted']))
    await client.users.restore(ids[0] ?? '')
    await client.users.update(ids[0] ?? '', { status: 'risky' })
    const back: Row[] = []
    const course = openCourse(() => undefined)
    assert.equal(await takeBack(rows, { users: client.users, course, onRows: (done) => back.push(...done) }), 'done')
    assert.deepEqual(
      back.map(({ outcome }) => outcome),
      ['refused', 'changed', 'changed'],
    )
    const statuses = (await everyone('gone')).users.map(({ status }) => status)
    assert.deepEqual(statuses, ['risky', 'active', 'active'])
  })

  it('takes back a change of values to what each user had', async () => {
    const ids = await crowd('back', 9)
    const { rows } = await changed({ kind: 'some', ids }, { kind: 'role', role: 'same' })
    await takeBack(rows, { users: client.users, course: openCourse(() => undefined), onRows: () => undefined })
    const roles = (await everyone('back')).users.map(({ role }) => role)
    assert.deepEqual(roles, ['0', '1', '2', '3', '4', '5', '6', '0', '1'])
  })

  it('leaves alone who was changed by somebody else between reading and writing', async () => {
    const ids = await crowd('race', 3)
    const users: Client['users'] = {
      ...client.users,
      async batch(body, call) {
        await client.users.update(ids[1] ?? '', { role: 'theirs' })
        return client.users.batch(body, call)
      },
    }
    const { rows } = await changed({ kind: 'some', ids }, { kind: 'role', role: 'ours' }, { users })
    assert.deepEqual(
      rows.map(({ reason, outcome }) => reason ?? outcome),
      ['changed', 'It has been changed by somebody else meanwhile.', 'changed'],
    )
  })

  it('waits as long as the server asks, and goes on by itself', async () => {
    const ids = await crowd('wait', 3)
    let refusals = 2
    const impatient = clientWith({
      fetch: (...asked) =>
        refusals-- > 0
          ? Promise.resolve(new Response('', { status: 429, headers: { 'retry-after': '0' } }))
          : fetch(...asked),
    })
    const standings: Standing['kind'][] = []
    const { rows } = await changed({ kind: 'some', ids }, LOCKED, {
      users: impatient.users,
      onStanding: ({ kind }) => standings.push(kind),
    })
    assert.deepEqual(standings, ['waiting', 'running', 'waiting', 'running'])
    assert.ok(rows.every(({ outcome }) => outcome === 'changed'))
  })

  it('halts where nobody answers, and then does again only what was not done', async () => {
    const ids = await crowd('lost', 4)
    let batches = 0
    const users: Client['users'] = {
      ...clientWith({
        // The whole batch is done, and its answer gets lost.
        async fetch(url, init) {
          const answer = await fetch(url, init)
          if (isBatch(url) && ++batches === 1) throw new TypeError('gone')
          return answer
        },
      }).users,
    }
    const { rows } = await changed({ kind: 'some', ids }, LOCKED, {
      users,
      onStanding({ kind }, course) {
        if (kind !== 'lost') return
        void client.users.update(ids[0] ?? '', { status: 'risky' }).then(course.resume)
      },
    })
    assert.equal(batches, 1)
    assert.deepEqual(
      rows.map(({ reason, outcome }) => reason ?? outcome),
      ['It has been changed by somebody else meanwhile.', 'changed', 'changed', 'changed'],
    )
    // What is taken back is what was done.
    await takeBack(rows, { users: client.users, course: openCourse(() => undefined), onRows: () => undefined })
    const statuses = (await everyone('lost')).users.map(({ status }) => status)
    assert.deepEqual(statuses, ['risky', 'active', 'active', 'active'])
  })

  it('ends after the batch it is at; what was done stays and is said', async () => {
    await crowd('half', 1100)
    const { end, rows } = await changed({ kind: 'all', query: { group: 'half' } }, LOCKED, {
      onRows: (_, course) => course.end(),
    })
    assert.deepEqual([end, rows.length], ['ended', 500])
    const { total } = await client.users.list({ filter: 'group eq "half" and status eq "locked"', limit: 1 })
    assert.equal(total, 500)
  })

  it('says that it cannot know, where it is ended while nobody answers', async () => {
    const ids = await crowd('unknown', 2)
    const away = clientWith({
      fetch: (url, init) => (isBatch(url) ? Promise.reject(new TypeError('gone')) : fetch(url, init)),
    })
    const { end, rows } = await changed({ kind: 'some', ids }, LOCKED, {
      users: away.users,
      onStanding: ({ kind }, course) => kind === 'lost' && course.end(),
    })
    assert.equal(end, 'ended')
    assert.deepEqual(
      rows.map(({ reason }) => reason),
      Array.from({ length: 2 }, () => 'The server did not answer: this may have been done or not.'),
    )
  })

  it('throws a refusal that holds for all', async () => {
    const ids = await crowd('refused', 1)
    const { user } = await client.me()
    const reader = await client.tokens.issue({ name: 'r', userId: user.id, permissions: ['users:read'], scope: 'all' })
    const { users } = clientWith({ token: reader.secret })
    await assert.rejects(changed({ kind: 'some', ids }, LOCKED, { users }), { status: 403 })
  })

  it('holds still while it is paused', async () => {
    await crowd('pause', 1001)
    const seen: number[] = []
    const locked = async () => (await client.users.list({ group: 'pause', status: 'locked', limit: 1 })).total
    const whilePaused: unknown[] = []
    const { rows } = await changed({ kind: 'all', query: { group: 'pause' } }, LOCKED, {
      onRows(done, course) {
        if (seen.push(done.length) > 1) return
        course.pause()
        void (async () => {
          for (let times = 0; times < 20; times++) whilePaused.push(await locked())
          course.resume()
        })()
      },
    })
    assert.deepEqual(new Set(whilePaused), new Set([500]))
    assert.deepEqual([rows.length, seen], [1001, [500, 500, 1]])
  })
})
