import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { allOf, filterText } from '../../console/src/pages/users/filter/filter.ts'
import { piecesOf, quoted, readTyped } from '../../console/src/pages/users/search/typed-query.ts'
import { runs } from '../arbitrary/runs.ts'
import { storableWord } from '../arbitrary/text.ts'

const filterOf = (text: string) => filterText(allOf(readTyped(text).filters))

describe('The search box of the users page', () => {
  it('parts words to search for from questions about fields', () => {
    const { search, fault } = readTyped('jane  status:active "van der" role:Driver')
    assert.equal(search, 'jane van der')
    assert.equal(fault, null)
    assert.equal(
      filterOf('jane status:active,locked role:Driver'),
      'status in ("active", "locked") and role eq "Driver"',
    )
  })

  it('takes values in quotes, stars at the edges, short names and letter case as they come', () => {
    assert.equal(filterOf('NAME:"Ada L"'), 'fullName eq "Ada L"')
    assert.equal(filterOf('email:*@company.com'), 'email ew "@company.com"')
    assert.equal(filterOf('first:M*'), 'givenName sw "M"')
    assert.equal(filterOf('role:*ispatch*'), 'role co "ispatch"')
    assert.equal(filterOf('role:"a*"'), 'role eq "a*"')
    assert.equal(filterOf('role:D*,"x,y"'), 'role sw "D" or role eq "x,y"')
    assert.equal(filterOf('tags.team:red'), 'tags.team eq "red"')
    assert.equal(filterOf('has:email no:role'), 'email pr and role eq null')
  })

  it('leaves a star inside to the server, which knows what it means', () => {
    assert.deepEqual(readTyped('familyName:M*ll*r').patterns, { familyName: 'M*ll*r' })
    assert.match(readTyped('role:a*b role:c*d').fault ?? '', /Only one pattern/)
    assert.match(readTyped('-role:a*b').fault ?? '', /cannot be left out/)
  })

  it('turns a question around with a minus or with not', () => {
    assert.equal(filterOf('-status:active'), 'not (status in ("active"))')
    assert.equal(filterOf('not status:active'), 'not (status in ("active"))')
    assert.equal(filterOf('not -status:active'), 'status in ("active")')
    assert.equal(readTyped('not jane').search, 'not jane')
  })

  it('reads numbers, days and stretches of them, in UTC', () => {
    assert.equal(filterOf('customer:1234'), 'customerId in (1234)')
    assert.equal(filterOf('number:>=10'), 'number ge 10')
    assert.equal(filterOf('number:1..9'), 'number ge 1 and number le 9')
    assert.equal(
      filterOf('created:2026-02'),
      'createdAt ge "2026-02-01T00:00:00.000Z" and createdAt lt "2026-03-01T00:00:00.000Z"',
    )
    assert.equal(filterOf('seen:<2026-01-31'), 'lastLoginAt lt "2026-01-31T00:00:00.000Z"')
    assert.equal(filterOf('seen:>2026-01-31'), 'lastLoginAt ge "2026-02-01T00:00:00.000Z"')
    assert.equal(
      filterOf('updated:2026-01-01..2026-01-31'),
      'updatedAt ge "2026-01-01T00:00:00.000Z" and updatedAt lt "2026-02-01T00:00:00.000Z"',
    )
  })

  it('says in a sentence what it does not understand', () => {
    const faults: readonly (readonly [string, RegExp])[] = [
      ['surname:x', /There is no field surname\./],
      ['fam:x', /Did you mean familyName\?/],
      ['status:gone', /status is one of active, /],
      ['number:ten', /number is a whole number/],
      ['created:2026-02-31', /createdAt is a day/],
      ['email:', /email: needs a value/],
      ['tags:x', /tags\.team:red/],
      [Array.from({ length: 17 }, (_, at) => `w${at}`).join(' '), /at most 16 words/],
    ]
    for (const [text, sentence] of faults) assert.match(readTyped(text).fault ?? '', sentence, text)
  })

  it('asks for exactly the text that was quoted', () => {
    fc.assert(
      fc.property(storableWord, (value) => {
        assert.deepEqual(readTyped(`email:${quoted(value)}`).filters, [
          { kind: 'compare', field: 'email', op: 'eq', value },
        ])
      }),
      runs(300),
    )
  })

  it('knows where each piece stands', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '"', ':', '\\', '*') }), (text) => {
        for (const piece of piecesOf(text)) assert.equal(text.slice(piece.start, piece.end), piece.text)
        readTyped(text)
      }),
      runs(300),
    )
  })
})
