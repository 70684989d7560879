import { all, any, equal, LIVE, not, wildcard, type Filter } from '../../src/core/filter.ts'
import type { Query } from '../../src/core/query.ts'
import { parseSearch } from '../../src/core/search.ts'
import type { SortField, SortKey } from '../../src/core/sort.ts'
import { sampleId } from '../model/sample.ts'
import { longer } from './directory.ts'

export const key = (field: SortField, descending = false): SortKey => ({ field, descending })
const from = (field: 'createdAt' | 'lastLoginAt', value: string): Filter => ({
  kind: 'compare',
  field,
  op: 'ge',
  value,
})
const keyword = any(...(['fullName', 'identifier', 'email', 'phones'] as const).map((name) => wildcard(name, '*ski7*')))

/** As many as an import looks up at once. */
const NAMES = Array.from({ length: 1000 }, (_, n) => `anna.${n * 12}`)

/**
 * What is asked, the indexes that answer it and, where it is one of the exceptions that decision 14 names, the indexes that are
 * read from end to end: among users of whom none has a text too long for an index, and among others.
 */
export type Kind = readonly [
  name: string,
  query: Partial<Query>,
  indexes: readonly string[],
  wholes?: readonly string[],
  wholesAmongLong?: readonly string[],
]

/** What dialects ask. */
export const KINDS: readonly Kind[] = [
  ['live users', { total: true }, ['users_live']],
  ['all users, deleted ones too', { filter: all(), total: true }, ['users_pkey']],
  ['a deep offset', { page: { kind: 'offset', offset: 15_000, limit: 20 }, total: true }, ['users_live']],
  [
    'a deep offset in another order',
    { sort: [key('email')], page: { kind: 'offset', offset: 5_000, limit: 20 } },
    ['users_by_email'],
  ],
  ['one customer', { filter: all(LIVE, equal('customerId', 4)), total: true }, ['users_customer']],
  ['a subtree', { filter: all(LIVE, { kind: 'subtree', customerId: 2 }), total: true }, ['users_customer']],
  [
    'a subtree in another order',
    { filter: all(LIVE, { kind: 'subtree', customerId: 2 }), sort: [key('familyName')] },
    ['users_by_family_name'],
  ],
  ['a status', { filter: all(LIVE, equal('status', 'inactive')), total: true }, ['users_by_status']],
  ['an identifier', { filter: all(LIVE, equal('identifier', 'Anna.12')), total: true }, ['users_by_identifier']],
  [
    'a batch of identifiers',
    { filter: all(LIVE, { kind: 'in', field: 'identifier', values: NAMES }) },
    ['users_by_identifier', 'users_pkey'],
  ],
  [
    'a list of ids',
    { filter: { kind: 'in', field: 'id', values: [sampleId(3), sampleId(4)] }, total: true },
    ['users_by_id'],
  ],
  ['a prefix', { filter: all(LIVE, wildcard('familyName', 'kowalski1*')), total: true }, ['users_by_family_name']],
  ['an infix', { filter: all(LIVE, wildcard('familyName', '*walski17*')), total: true }, ['user_marks_marks']],
  ['a suffix', { filter: all(LIVE, wildcard('email', '*77@example.com')), total: true }, ['user_marks_marks']],
  ['an infix of an id', { filter: all(LIVE, wildcard('id', '*0001f*')), total: true }, ['user_marks_marks']],
  [
    'an infix in another order',
    { filter: all(LIVE, wildcard('familyName', '*son*')), sort: [key('givenName')] },
    ['user_marks_marks', 'users_by_given_name'],
  ],
  ['a keyword in several fields', { filter: all(LIVE, keyword), total: true }, ['user_marks_marks']],
  ['a phone', { filter: all(LIVE, equal('phones', '+49 100017')), total: true }, ['user_marks_marks']],
  ['the end of a phone', { filter: all(LIVE, wildcard('phones', '*00017')), total: true }, ['user_marks_marks']],
  ['a tag', { filter: all(LIVE, equal('tags.role', 'Driver')), total: true }, ['user_marks_marks']],
  [
    'an attribute',
    { filter: all(LIVE, { kind: 'in', field: 'attributes.floor', values: ['3', '4'] }), total: true },
    ['user_marks_marks'],
  ],
  [
    'a range of dates',
    { filter: all(LIVE, from('createdAt', '2024-05-18T00:00:00.000Z')), total: true },
    ['users_by_created_at'],
  ],
  ['a wide range of dates', { filter: all(LIVE, from('createdAt', '2024-01-10T00:00:00.000Z')) }, ['users_live']],
  [
    'a wide range of dates in another order',
    { filter: all(LIVE, from('createdAt', '2024-01-10T00:00:00.000Z')), sort: [key('email')] },
    ['users_by_email'],
  ],
  [
    'what was written since a revision',
    { filter: { kind: 'compare', field: 'revision', op: 'gt', value: 20 }, total: true },
    ['users_by_revision'],
  ],
  [
    'an author by a pattern',
    { filter: all(LIVE, wildcard('createdBy', '*0007')), sort: [key('createdAt', true)] },
    ['users_by_created_by'],
  ],
  ['deleted users', { filter: equal('status', 'deleted'), total: true }, ['users_deleted']],
  [
    'a search',
    { search: parseSearch('kowalsky', false), total: true },
    ['user_marks_marks', 'word_stems_keys', 'words_word'],
  ],
  [
    'a search of two words',
    { search: parseSearch('jhon kowalsk', false), total: true },
    ['user_marks_marks', 'word_stems_keys', 'words_word'],
  ],
  [
    'a search for the start of an id',
    { search: parseSearch('0195c7a0-0000-7000-8000-00000000001', true), total: true },
    ['users_by_id', 'word_stems_keys', 'words_word'],
  ],
  [
    'a search in another order',
    { search: parseSearch('kowalsky', false), sort: [key('fullName')], total: true },
    ['user_marks_marks', 'word_stems_keys', 'words_word'],
  ],
  ['two sort keys', { sort: [key('familyName'), key('givenName')] }, ['users_by_names']],
  ['two sort keys in two directions', { sort: [key('familyName', true), key('givenName')] }, ['users_by_family_name']],
  [
    'ranked words',
    { sort: [{ ...key('status'), ranks: [['onboarding', 'inactive'], ['active']] }] },
    ['users_by_id', 'users_by_status'],
  ],
  ['authors', { sort: [key('createdByName')] }, ['users_by_created_by']],
  [
    'what no index knows',
    { filter: all(LIVE, not(equal('country', 'DE')), wildcard('familyName', '*k*')) },
    ['users_live'],
  ],
  [
    'a total of what no index knows',
    { filter: all(LIVE, not(equal('country', 'DE')), wildcard('familyName', '*k*')), total: true },
    [],
    ['users_by_family_name'],
    ['users_live'],
  ],
  [
    'one letter anywhere, with the total',
    { filter: all(LIVE, wildcard('familyName', '*k*')), total: true },
    [],
    ['users_by_family_name'],
    ['users_live'],
  ],
  [
    'two letters anywhere, with the total',
    { filter: all(LIVE, wildcard('familyName', '*ko*')), total: true },
    [],
    ['users_by_family_name'],
    ['users_live'],
  ],
  [
    'a status, a type and a wide range of dates in another order, with the total',
    {
      filter: all(
        LIVE,
        equal('status', 'active'),
        equal('userType', 'user'),
        from('createdAt', '2024-01-10T00:00:00.000Z'),
      ),
      sort: [key('fullName')],
      total: true,
    },
    ['users_by_full_name'],
    ['users_live'],
  ],
  [
    'a deep offset in the order of authors',
    { sort: [key('updatedByName')], page: { kind: 'offset', offset: 15_000, limit: 20 }, total: true },
    ['users_by_updated_by'],
    ['users_live', 'users_pkey'],
  ],
  [
    'an author by a pattern that all are like',
    { filter: all(LIVE, wildcard('createdBy', '0195*')), total: true },
    [],
    ['users_live'],
  ],
]

/** The same where some texts are too long for the indexes of their orders. */
export const LONG_KINDS: readonly Kind[] = [
  ['a name', { filter: all(LIVE, equal('familyName', 'Kowalski11')), total: true }, ['users_by_family_name']],
  [
    'a long text',
    { filter: all(LIVE, equal('description', longer('Kowalski', 'm'))), total: true },
    ['users_long_description'],
  ],
  [
    'a prefix of short and long texts',
    { filter: all(LIVE, wildcard('familyName', 'kowalski1*')), total: true },
    ['users_by_family_name', 'users_long_family_name'],
  ],
  [
    'a range',
    { filter: all(LIVE, { kind: 'compare', field: 'familyName', op: 'gt', value: 'tanaka690' }), total: true },
    ['users_by_family_name', 'users_long_family_name'],
  ],
  [
    'a long name in several orders',
    { sort: [key('familyName'), key('givenName')] },
    ['users_by_names', 'users_long_names'],
  ],
  [
    'the orders of several texts',
    { sort: [key('familyName', true), key('displayName')] },
    ['users_by_family_name', 'users_long_family_name'],
  ],
  [
    'a deep offset in the order of a text',
    { sort: [key('fullName')], page: { kind: 'offset', offset: 4_000, limit: 20 } },
    ['users_by_full_name', 'users_long_full_name'],
  ],
]
