import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { importRows, type ImportParts, type RowOutcome } from '../../console/src/pages/import/import-rows.ts'
import { mappingOf, obstacleIn, rulesOf } from '../../console/src/pages/import/rules.ts'
import { openSource } from '../../console/src/pages/import/reading/source.ts'
import { openCourse, type Course, type Standing } from '../../console/src/work/course.ts'
import { keepPace, lengthText } from '../../console/src/work/pace.ts'
import { openClient, type Client } from '../../sdk/src/index.ts'
import { serve, tokenIn, workingFolder, type Served } from '../e2e/command.ts'

type Write = ImportParts['write']

describe('an import from the browser', () => {
  let server: Served
  let client: Client

  before(async () => {
    server = await serve([], { cwd: workingFolder() })
    client = openClient({ url: server.url, token: tokenIn(server.stdout) })
  })
  after(() => server.stop())

  interface Run {
    readonly match?: 'identifier' | 'email' | null
    readonly dryRun?: boolean
    readonly write?: Write
    readonly afterLine?: number
    readonly onStanding?: (standing: Standing, course: Course) => void
    readonly onOutcomes?: (outcomes: readonly RowOutcome[], course: Course) => void
  }

  async function imported(text: string, run: Run = {}) {
    const { match = 'identifier', dryRun = false, write = client.imports.write, afterLine = 0 } = run
    const source = await openSource(new Blob([text]))
    const { format, columns } = source
    const detection = await client.imports.detect({ format, columns })
    const rules = rulesOf(source, detection, mappingOf(detection, {}), { match, customerId: null })
    const outcomes: RowOutcome[] = []
    const course: Course = openCourse((standing) => run.onStanding?.(standing, course))
    const parts = { rows: source.rows, rules: { ...rules, dryRun }, write, course, afterLine }
    const end = await importRows({
      ...parts,
      onOutcomes(told) {
        outcomes.push(...told)
        run.onOutcomes?.(told, course)
      },
    })
    return { end, outcomes, lines: outcomes.map(({ row }) => row.line) }
  }

  const csv = (group: string, rows: number) =>
    `identifier,group\n${Array.from({ length: rows }, (_, index) => `${group}-${index},${group}`).join('\n')}\n`
  const countOf = async (group: string) => (await client.users.list({ group, limit: 1 })).total

  it('tells every row in the order of the file, with no more than two batches under way', async () => {
    let [underWay, most] = [0, 0]
    const write: Write = async (batch, call) => {
      most = Math.max(most, ++underWay)
      assert.ok(batch.rows.length <= 500)
      try {
        return await client.imports.write(batch, call)
      } finally {
        underWay -= 1
      }
    }
    const { end, lines, outcomes } = await imported(csv('order', 2345), { write })
    assert.deepEqual([end, most], ['done', 2])
    assert.deepEqual(
      lines,
      Array.from({ length: 2345 }, (_, index) => index + 2),
    )
    assert.ok(outcomes.every(({ outcome }) => outcome === 'created'))
    assert.equal(await countOf('order'), 2345)
  })

  it('lets what stands later in the file be written later, where it is about the same user', async () => {
    const rows = Array.from({ length: 2000 }, (_, index) => `same-${index % 500},same,${Math.floor(index / 500)}`)
    const underWay = new Set<unknown>()
    const write: Write = async (batch, call) => {
      const names = batch.rows.map(({ values }) => (values as readonly string[])[0])
      assert.ok(names.every((name) => !underWay.has(name)))
      for (const name of names) underWay.add(name)
      const answer = await client.imports.write(batch, call)
      for (const name of names) underWay.delete(name)
      return answer
    }
    const { outcomes } = await imported(`identifier,group,role\n${rows.join('\n')}`, { write })
    assert.equal(outcomes.filter(({ outcome }) => outcome === 'created').length, 500)
    const roles = new Set((await client.users.list({ group: 'same', limit: 1000 })).users.map(({ role }) => role))
    assert.deepEqual(roles, new Set(['3']))
  })

  it('counts damaged rows as refused in their place, and sends the others', async () => {
    const { outcomes } = await imported('identifier,email\none,1@x.example\ntwo\nthree,none\n{four},4@x.example')
    assert.deepEqual(
      outcomes.map(({ row, outcome, column }) => [row.line, outcome, column]),
      [
        [2, 'created', undefined],
        [3, 'refused', undefined],
        [4, 'refused', 'email'],
        [5, 'created', undefined],
      ],
    )
  })

  it('writes nothing in a rehearsal', async () => {
    const { outcomes } = await imported(csv('rehearsal', 3), { dryRun: true })
    assert.deepEqual(
      outcomes.map(({ outcome }) => outcome),
      ['created', 'created', 'created'],
    )
    assert.equal(await countOf('rehearsal'), 0)
  })

  it('waits where the server asks for it', async () => {
    let refusals = 1
    const answer = () => new Response('', { status: 429, headers: { 'retry-after': '0' } })
    const impatient = openClient({
      url: server.url,
      token: tokenIn(server.stdout),
      fetch: (...asked) => (refusals-- > 0 ? Promise.resolve(answer()) : fetch(...asked)),
    })
    const standings: Standing['kind'][] = []
    const { outcomes } = await imported(csv('wait', 3), {
      write: impatient.imports.write,
      onStanding: ({ kind }) => standings.push(kind),
    })
    assert.deepEqual([standings, outcomes.length], [['waiting', 'running'], 3])
  })

  it('says of rows that were sent again that they may have been written, where each makes a new user', async () => {
    await imported('identifier,group\nlost-taken,other\n')
    let losses = 1
    const write: Write = async (batch, call) => {
      const answer = await client.imports.write(batch, call)
      if (losses-- > 0) throw Object.assign(new Error('Lost.'), { status: 0, name: 'RollcallFault' })
      return answer
    }
    const onStanding = ({ kind }: Standing, course: Course) => {
      if (kind === 'lost') course.resume()
    }
    const { outcomes } = await imported(csv('lost', 2), { match: null, write, onStanding })
    assert.equal(await countOf('lost'), 2)
    assert.equal(outcomes.length, 2)
    for (const { reason } of outcomes) assert.match(reason ?? '', /^This row may have been written before.*: .* in use/)
    const { outcomes: others } = await imported('identifier,group\nlost-taken,lost\n', { match: null })
    assert.match(others[0]?.reason ?? '', /^[^:]* in use/)
  })

  it('ends after what is under way, and goes on after the last line it told', async () => {
    const text = csv('half', 2600)
    const first = await imported(text, { onOutcomes: (_, course) => course.end() })
    assert.equal(first.end, 'ended')
    assert.equal(await countOf('half'), first.outcomes.length)
    assert.ok(first.outcomes.length < 2600)
    const second = await imported(text, { afterLine: first.lines.at(-1) ?? 0 })
    assert.equal(first.outcomes.length + second.outcomes.length, 2600)
    assert.equal(await countOf('half'), 2600)
    assert.ok(second.outcomes.every(({ outcome }) => outcome === 'created'))
  })

  it('tells nothing beyond a batch that failed, so that going on leaves nothing out', async () => {
    let batches = 0
    const write: Write = async (batch, call) => {
      if (++batches === 2) throw Object.assign(new Error('Broken.'), { status: 500, name: 'RollcallFault' })
      return client.imports.write(batch, call)
    }
    const text = csv('broken', 1800)
    const told: number[] = []
    await assert.rejects(
      imported(text, { write, onOutcomes: (outcomes) => told.push(outcomes.at(-1)?.row.line ?? 0) }),
      /Broken/,
    )
    assert.deepEqual(told, [501])
    await imported(text, { afterLine: 501 })
    assert.equal(await countOf('broken'), 1800)
  })
})

describe('what is said of a file', () => {
  it('needs a column that says who a user is, and the one users are matched by', () => {
    assert.match(obstacleIn({ a: 'givenName' }, null) ?? '', /No column says who/)
    assert.match(obstacleIn({ a: 'identifier' }, 'email') ?? '', /e-mail/)
    assert.match(obstacleIn({ a: 'email' }, 'externalId') ?? '', /external id/)
    assert.match(obstacleIn({ a: 'externalId' }, 'identifier') ?? '', /identifier/)
    assert.equal(obstacleIn({ a: 'email' }, 'identifier'), null)
    assert.equal(obstacleIn({ a: 'idOrExternalId' }, 'externalId'), null)
  })
})

describe('the pace of long work', () => {
  it('is that of the last seconds, and unknown at first', () => {
    const keeper = keepPace()
    keeper.note(0, 0)
    assert.deepEqual(keeper.pace(100), { perSecond: null, secondsLeft: null })
    keeper.note(1000, 10_000)
    assert.deepEqual(keeper.pace(500), { perSecond: 100, secondsLeft: 5 })
    keeper.note(1100, 20_000)
    assert.deepEqual(keeper.pace(100), { perSecond: 10, secondsLeft: 10 })
    keeper.note(1100, 34_000)
    assert.deepEqual(keeper.pace(100), { perSecond: 0, secondsLeft: null })
    keeper.reset()
    assert.equal(keeper.pace(1).perSecond, null)
  })

  it('is told in the unit that fits', () => {
    assert.deepEqual([0.2, 59, 90, 3600, 3900].map(lengthText), ['1 s', '59 s', '2 min', '1 h', '1 h 5 min'])
  })
})
