import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { all, any, equal, LIVE, not, wildcard, type Filter } from '../../core/filter.ts'
import type { Page, Query } from '../../core/query.ts'
import { parseSearch } from '../../core/search.ts'
import type { SortField, SortKey } from '../../core/sort.ts'
import type { SqlValue } from '../sql/fragment.ts'
import { newCustomer, newUser, NOON, sampleId } from '../../../test/model/sample.ts'
import { COLUMNS } from '../sql/columns.ts'
import { databaseOver, type Database } from './database.ts'
import { openConnection } from './open.ts'
import { readDocuments } from './page.ts'
import { readerOf, type PlanLimits } from './reader.ts'
import { storeOver } from './store.ts'

// With so few users everything could be gathered: here nothing may be, so that it shows how many are read.
const NOTHING_GATHERED: PlanLimits = { gatherMax: () => 0, sliceMin: () => 10, scoredMax: 0 }

const connection = openConnection(':memory:')
const asked = new Set<string>()

before(async () => {
  const customers = [newCustomer(1), newCustomer(2, 1), newCustomer(3, 2), newCustomer(4)]
  const users = Array.from({ length: 60 }, (_, n) =>
    newUser(n, {
      customerId: 1 + (n % 4),
      familyName: n % 5 === 0 ? null : `Family ${n % 7}`,
      givenName: `Given ${n % 3}`,
      createdBy: sampleId(n % 2),
      status: n % 9 === 0 ? 'deleted' : 'active',
    }),
  )
  await storeOver(databaseOver(connection)).commit({ changes: [...customers, ...users], at: NOON, by: null })
})

after(() => connection.close())

/** The plans of all statements a page needs, each step once. */
function planOf(query: Partial<Query>): readonly string[] {
  asked.clear()
  const page: Page = { kind: 'position', from: null, direction: 'after', limit: 10 }
  const whole = { filter: LIVE, sort: [], page, total: false, ...query }
  const reader = readerOf(recording(databaseOver(connection)), NOTHING_GATHERED)
  const { last } = readDocuments(reader, whole, true)
  readDocuments(reader, { ...whole, page: { ...page, from: last } }, true)
  readDocuments(reader, { ...whole, page: { ...page, from: last, direction: 'before' } }, true)
  const steps = [...asked].flatMap((text) =>
    connection
      .prepare(`EXPLAIN QUERY PLAN ${text}`)
      .all()
      .map(({ detail }) => String(detail)),
  )
  return [...new Set(steps)]
}

function recording(database: Database): Database {
  const note = (query: { readonly text: string; readonly values: readonly SqlValue[] }) => {
    asked.add(query.text)
    return query
  }
  return {
    ...database,
    first: (query) => database.first(note(query)),
    rows: (query) => database.rows(note(query)),
  }
}

/** What reads or sorts everybody. */
function faults(steps: readonly string[]): readonly string[] {
  return steps.filter((step) => /^SCAN u\b(?!.*INDEX)/.test(step) || step.includes('TEMP B-TREE'))
}

const key = (field: SortField, descending = false): SortKey => ({ field, descending })
const SORT_FIELDS = Object.keys(COLUMNS) as SortField[]
const dateRange: Filter = { kind: 'compare', field: 'createdAt', op: 'ge', value: NOON }
const keyword = any(...(['fullName', 'identifier', 'email', 'phones'] as const).map((name) => wildcard(name, '*amil*')))

/** Steps of every page: its numbers are known, and its documents are glued. */
const COMMON = /^(SEARCH counters|SCAN p|CO-ROUTINE p|SEARCH d USING INTEGER PRIMARY KEY)/

describe('the plan of a page', () => {
  it('in creation order is ranges of an index of live users', () => {
    assert.deepEqual(
      planOf({ total: true }).filter((step) => !COMMON.test(step)),
      [
        'SEARCH u USING COVERING INDEX users_live (live=?)',
        'SEARCH u USING COVERING INDEX users_live (live=? AND rowid>?)',
        'SEARCH u USING COVERING INDEX users_live (live=? AND rowid<?)',
      ],
    )
  })

  it('of one customer, also as a subtree, is ranges of an index of its live users', () => {
    const steps = [
      'SEARCH u USING COVERING INDEX users_customer (customer_id=? AND live=?)',
      'SEARCH u USING COVERING INDEX users_customer (customer_id=? AND live=? AND rowid>?)',
      'SEARCH u USING COVERING INDEX users_customer (customer_id=? AND live=? AND rowid<?)',
    ]
    for (const filter of [equal('customerId', 4), { kind: 'subtree', customerId: 4 } as const]) {
      const plan = planOf({ filter: all(LIVE, filter) })
      assert.deepEqual(
        plan.filter((step) => step.startsWith('SEARCH u')),
        steps,
      )
    }
  })

  it('in the order of a column is ranges of its index, read in either direction', () => {
    assert.deepEqual(
      planOf({ sort: [key('familyName', true)] }).filter((step) => !COMMON.test(step)),
      [
        'SEARCH u USING COVERING INDEX users_by_family_name (family_name>?)',
        // The keys of the first and last user.
        'SEARCH u USING INTEGER PRIMARY KEY (rowid=?)',
        'SEARCH u USING COVERING INDEX users_by_family_name (family_name>? AND (family_name,id)<(?,?))',
        'SEARCH u USING COVERING INDEX users_by_family_name ((family_name,id)>(?,?))',
      ],
    )
  })

  it('sorts nobody and reads no row to leave it out, whatever single field users are ordered by', () => {
    for (const field of SORT_FIELDS.filter((field) => field !== 'number')) {
      for (const descending of [false, true]) {
        assert.deepEqual(faults(planOf({ sort: [key(field, descending)] })), [], `${field} ${String(descending)}`)
      }
    }
  })

  it('in the order of authors goes author by author', () => {
    const plan = planOf({ sort: [key('createdByName')] })
    assert.ok(plan.includes('SEARCH u USING COVERING INDEX users_by_created_by (created_by=?)'), plan.join('\n'))
    assert.deepEqual(faults(plan), [])
  })

  it('in the order of ranked words goes word by word', () => {
    const plan = planOf({ sort: [{ ...key('status'), ranks: [['deleted', 'locked'], ['active']] }] })
    assert.ok(plan.includes('SEARCH u USING COVERING INDEX users_by_status (status=?)'), plan.join('\n'))
    assert.deepEqual(faults(plan), [])
  })

  it('by family and given name is ranges of the index of both, however many share them', () => {
    const plan = planOf({ sort: [key('familyName'), key('givenName')] })
    const steps = plan.filter((step) => step.startsWith('SEARCH u') && !step.includes('PRIMARY KEY'))
    const index = 'SEARCH u USING COVERING INDEX users_by_names'
    assert.deepEqual(steps.slice(0, 2), [
      `${index} (family_name>?)`,
      `${index} (family_name=? AND <expr>=? AND (given_name,id)>(?,?))`,
    ])
    assert.ok(steps.every((step) => step.startsWith(index)), plan.join('\n')) // prettier-ignore
    assert.deepEqual(faults(plan), [])
  })

  it('by several fields sorts only what a range of the first one has', () => {
    const plan = planOf({ sort: [key('familyName'), key('givenName', true)] })
    assert.ok(
      plan.includes('SEARCH u USING INDEX users_by_family_name (family_name>? AND family_name<?)'),
      plan.join('\n'),
    )
    assert.deepEqual(
      plan.filter((step) => step.startsWith('SCAN u')),
      [],
    )
  })

  it('with a pattern is found by its trigrams, in creation order as they are', () => {
    for (const filter of [wildcard('familyName', '*amil*'), wildcard('id', '*7a0*'), keyword]) {
      const plan = planOf({ filter: all(LIVE, filter) })
      assert.ok(plan.includes('SCAN t VIRTUAL TABLE INDEX 64:M1'), plan.join('\n'))
      assert.deepEqual(faults(plan), [])
    }
  })

  it('with a condition that many meet looks at some users one by one, then at those an index has', () => {
    for (const filter of [dateRange, equal('status', 'active'), wildcard('familyName', 'fam*')]) {
      const plan = planOf({ filter: all(LIVE, filter) })
      assert.ok(plan.includes('SEARCH u USING INTEGER PRIMARY KEY (rowid<?)'), plan.join('\n'))
      assert.deepEqual(faults(plan), [])
    }
  })

  it('of a search is found by its words, score by score', () => {
    const plan = planOf({ search: parseSearch('famly', false) })
    assert.ok(plan.includes('SCAN w VIRTUAL TABLE INDEX 64:M1'), plan.join('\n'))
    assert.deepEqual(faults(plan), [])
  })

  it('adds up what is counted with every commit, instead of users', () => {
    for (const filter of [all(LIVE, equal('userType', 'user')), not(equal('status', 'active'))]) {
      planOf({ filter, total: true, sort: [key('identifier')] })
      const texts = [...asked]
      assert.equal(texts.filter((text) => text.includes('FROM user_counts u')).length, 1)
      assert.deepEqual(
        texts.filter((text) => text.startsWith('SELECT count')),
        [],
      )
    }
  })
})
