import { EMAIL_LENGTH_MAX, IDENTIFIER_LENGTH_MAX, NAME_LENGTH_MAX, TEXT_LENGTH_MAX } from '../../core/limits.ts'
import type { UserDraft } from '../../core/user.ts'
import type { DemoUser } from './people.ts'
import { random, uuidAt } from './random.ts'

const CREATED_MS = Date.UTC(2023, 5, 1)
const HOUR_MS = 3_600_000

// Text as people really have it, and as it breaks software: every status and type, every field that may be absent.
const EDGES: readonly (UserDraft & { readonly identifier: string })[] = [
  { identifier: 'only-an-identifier' },
  { identifier: 'madonna', givenName: 'Madonna', description: 'One name only.' },
  { identifier: 'the.family', familyName: 'Sukarno', email: 'sukarno@edge.example' },
  { identifier: 'machine:printer/3rd-floor', displayName: 'Printer, 3rd floor', tags: { kind: 'device' } },
  { identifier: 'ACCOUNT-0007', givenName: 'James', familyName: 'Null', email: 'null@edge.example' },
  { identifier: 'true', givenName: 'Jennifer', familyName: 'True', email: 'undefined@edge.example' },
  { identifier: "sinead.o'connor", givenName: 'Sinéad', familyName: "O'Connor", email: "o'connor@edge.example" },
  { identifier: 'ngolo', givenName: 'N’Golo', familyName: 'D’Arcy-O’Neill', email: 'ngolo@edge.example' },
  { identifier: 'groß@edge.example', givenName: 'Käthe', familyName: 'GROẞ-Strauß', email: 'kaethe@bücher.example' },
  { identifier: 'İlker', givenName: 'İlker', familyName: 'Iğdır', language: 'tr', country: 'TR' },
  { identifier: 'aegir', givenName: 'Ægir', familyName: 'Þórðarson', language: 'is', country: 'IS' },
  {
    identifier: 'ﬁona',
    givenName: 'ﬁona',
    familyName: 'Ⅷ Ｗｉｄｅ',
    description: 'A ligature and full-width letters.',
  },
  { identifier: 'βίκυ', givenName: 'Βίκυ', familyName: 'ΟΔΥΣΣΕΥΣ', language: 'el', country: 'GR' },
  { identifier: 'user@例え.jp', givenName: '太郎', familyName: '山田', fullName: '山田太郎', email: '太郎@例え.jp' },
  { identifier: 'yoshino', familyName: '𠮷野', givenName: '家', fullName: '𠮷野家', language: 'ja', country: 'JP' },
  { identifier: '李雷', familyName: '李', givenName: '雷', fullName: '李雷', language: 'zh-Hant-TW', country: 'TW' },
  { identifier: 'مستخدم', givenName: 'عبد الرحمن', familyName: 'بن عليّ', language: 'ar', country: 'EG' },
  { identifier: 'שם', givenName: 'בן', familyName: 'צ׳רצ׳יל (Churchill)', language: 'he', country: 'IL' },
  { identifier: 'naïve.भारत', givenName: 'क्षितिज', familyName: 'श्री', language: 'hi', country: 'IN' },
  { identifier: 'zalgo', givenName: 'Z̸̢͈a̷͙͑l̴̪͝g̵̠̈o̴̧̕', familyName: 'Ȩ̵̛x̶̱͝', description: 'Marks upon marks.' },
  { identifier: 'emoji👩‍🚀', givenName: '👩‍👩‍👧‍👦', familyName: '🇫🇷 🏳️‍🌈', email: '👍@edge.example' },
  { identifier: 'rtl-override', givenName: 'abc\u202edef\u202c', familyName: 'zero\u200bwidth\u200d' },
  { identifier: '=1+1', givenName: '=HYPERLINK("http://example.com")', familyName: '@SUM(1,2)' },
  { identifier: '100%_*', givenName: '100%', familyName: '*_?[a-z]', description: 'Every wildcard there is.' },
  { identifier: 'quote"back\\slash', givenName: '"Bobby"', familyName: "'); DROP TABLE users;--" },
  { identifier: '<script>alert(1)</script>', givenName: '<b>Bold</b>', familyName: '&amp;' },
  { identifier: ' surrounded ', givenName: '  Two  spaces ', familyName: 'Line\nbreak\tand tab' },
  {
    identifier: 'i'.repeat(IDENTIFIER_LENGTH_MAX),
    givenName: 'Wolfeschlegelsteinhausenbergerdorff'.repeat(30).slice(0, NAME_LENGTH_MAX),
    familyName: '長'.repeat(NAME_LENGTH_MAX),
    displayName: '👨‍👩‍👧'.repeat(NAME_LENGTH_MAX / 8),
    email: `${'e'.repeat(EMAIL_LENGTH_MAX - '@edge.example'.length)}@edge.example`,
    description: 'Everything at its limit. '.repeat(200).slice(0, TEXT_LENGTH_MAX),
  },
  {
    identifier: 'everything',
    givenName: 'Ève',
    familyName: 'Rything',
    displayName: 'Eve',
    email: 'eve@edge.example',
    phones: ['+4930231257890', '+15005550006', '+81312345678'],
    language: 'de-CH-1996',
    country: 'CH',
    timeZone: 'Europe/Zurich',
    description: 'Every field has a value.',
    userType: 'client',
    role: 'Safety',
    permissions: ['read', 'write', 'audit:read'],
    group: 'Everything',
    status: 'risky',
    statusReason: 'Signed in from two continents.',
    message: 'Please confirm your phone number.',
    tags: { role: 'auditor', 'cost-center': '4711', ünïcode: 'jä' },
    deviceId: 'dev-00001',
    adminDevices: 0,
    validFrom: '2023-06-01T00:00:00.000Z',
    expiresAt: '2099-12-31T23:59:59.999Z',
    lastLoginAt: '2025-01-01T00:00:00.001Z',
    picture: { id: 'picture-1', displayId: 'ARTIFACT-9', name: 'ève.webp', mediaType: 'image/webp', sizeBytes: 1 },
    externalId: '00u1ero7vZFVEIYLWPBN',
    attributes: { badge: 42, remote: true, floors: ['3', '4'], desk: { building: 'B', row: 7 }, nothing: null },
  },
  { identifier: 'locked', givenName: 'Lotte', familyName: 'Locked', status: 'locked', statusReason: 'Too many tries.' },
  { identifier: 'suspended', givenName: 'Susi', familyName: 'Suspended', status: 'suspended', userType: 'client' },
  { identifier: 'expired', givenName: 'Max', familyName: 'Expired', expiresAt: '2020-02-29T12:00:00.000Z' },
  { identifier: 'not-yet', givenName: 'Nia', familyName: 'Future', validFrom: '2098-01-01T00:00:00.000Z' },
  { identifier: 'rehired', givenName: 'Ria', familyName: 'Hired', email: 'ria@edge.example', status: 'deleted' },
  { identifier: 'rehired', givenName: 'Ria', familyName: 'Hired', email: 'ria@edge.example' },
  { identifier: 'case@edge.example', givenName: 'MIXED', familyName: 'cAsE', email: 'Mixed.Case@Edge.Example' },
]

/** The people with whom software goes wrong, most of them in the root customer. */
export const EDGE_PEOPLE: readonly DemoUser[] = EDGES.map((edge, index) => {
  const createdMs = CREATED_MS + index * HOUR_MS
  const createdAt = new Date(createdMs).toISOString()
  return { ...edge, id: uuidAt(createdMs, random(index)), customerId: index % 4 === 3 ? 3800 : 1, createdAt }
})
