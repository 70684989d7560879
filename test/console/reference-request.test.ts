import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parseCurl } from '../../console/src/reference/curl/parse.ts'
import { printCurl } from '../../console/src/reference/curl/print.ts'
import type { Operation } from '../../console/src/reference/document/document.ts'
import { applyRequest } from '../../console/src/reference/request/apply.ts'
import { emptyForm, missingIn, requestOf, withValues, type Form } from '../../console/src/reference/request/form.ts'
import { matchRequest } from '../../console/src/reference/request/match.ts'
import { documentOf, operationOf, OPERATIONS } from './reference-documents.ts'

const SERVER = 'http://127.0.0.1:8080'

describe('a form and its curl line', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((one) => one.replaceAll('\0', ''))
  const filled = text.filter((one) => one !== '' && !/[{}<>$…]|\.\.\.|^YOUR/.test(one))
  const value = text.map((one) => one.replace(/[^\x20-\x7e]/g, '').trim())
  const pair = fc.record({ name: filled, value: text }, { noNullPrototype: true })
  const header = fc.record({ name: fc.stringMatching(/^X-[A-Za-z]{1,8}$/), value }, { noNullPrototype: true })

  const formOf = (operation: Operation): fc.Arbitrary<Form> =>
    fc.record(
      {
        path: fc.record(
          Object.fromEntries([...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, filled])),
          { noNullPrototype: true },
        ),
        query: fc.array(pair, { maxLength: 3 }),
        headers: fc.array(header, { maxLength: 3 }),
        mediaType: fc.constant(operation.body?.formats[0]?.mediaType ?? null),
        body: operation.body ? text : fc.constant(null),
      },
      { noNullPrototype: true },
    )

  it('say the same of every operation, whatever is filled in', () => {
    const any = fc.constantFrom(...OPERATIONS).chain((operation) => fc.tuple(fc.constant(operation), formOf(operation)))
    fc.assert(
      fc.property(any, ([operation, form]) => {
        const line = printCurl(requestOf(operation, form, { server: SERVER, authorization: 'Bearer rc_1' }))
        const reading = parseCurl(line)
        assert.ok(reading.isUnderstood)
        const { dialect } = operation
        const own = documentOf(dialect)
        const match = matchRequest(reading.request, own.operations, SERVER)
        // A value such as tree is a path of its own.
        if (match.operation !== operation) assert.ok(match.operation && !match.operation.path.includes('{'))
        else {
          const applied = applyRequest(emptyForm(operation, own.schemas), reading.request, match, own.takesBareTokens)
          assert.deepEqual(applied.form, form)
          assert.deepEqual(applied.authorization, { kind: 'token', token: 'rc_1', isBare: false })
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('begin with what has a usual value, and leave room for what has none', () => {
    const list = operationOf('alvys', 'listUsers')
    const { url } = requestOf(list, emptyForm(list, {}), { server: SERVER, authorization: null })
    assert.equal(url, `${SERVER}/api/p/v1/users/list`)
    const one = operationOf('rollcall', 'getUser')
    const form = emptyForm(one, {})
    assert.deepEqual(missingIn(one, form), ['id'])
    assert.equal(requestOf(one, form, { server: SERVER, authorization: null }).url, `${SERVER}/v1/users/{id}`)
  })

  it('keep a slash or dots in a value from becoming another path', () => {
    const one = operationOf('rollcall', 'getUser')
    const url = (id: string) =>
      requestOf(one, { ...emptyForm(one, {}), path: { id } }, { server: SERVER, authorization: null }).url
    assert.equal(url('../me'), `${SERVER}/v1/users/..%2Fme`)
    assert.equal(url('..'), `${SERVER}/v1/users/%2E%2E`)
  })

  it('change a value where it stands', () => {
    const pairs = [
      { name: 'sort', value: 'a' },
      { name: 'limit', value: '1' },
      { name: 'sort', value: 'b' },
    ]
    assert.deepEqual(withValues(pairs, 'sort', ['x', 'y', 'z']), [
      { name: 'sort', value: 'x' },
      { name: 'limit', value: '1' },
      { name: 'sort', value: 'y' },
      { name: 'sort', value: 'z' },
    ])
    assert.deepEqual(withValues(pairs, 'sort', []), [{ name: 'limit', value: '1' }])
  })
})

describe('finding whose a request is', () => {
  const find = (method: string, url: string, server = SERVER) => {
    const found = matchRequest({ method, url }, OPERATIONS, server)
    assert.ok(found.operation, `${method} ${url} ${JSON.stringify(found)}`)
    return { ...found, operation: `${found.operation.dialect} ${found.operation.id}` }
  }

  it('finds the vendors’ own addresses, on whatever host', () => {
    const vendors = [
      ['GET', 'https://integrations.alvys.com/api/p/v1/users/list', 'alvys listUsers'],
      ['GET', 'https://api.example/user/v1/users?sort[]=firstname:desc&limit=2&offset=2', 'nameshield listUsers'],
      ['GET', 'http://localhost:{port}/users', 'd3lay listUsers'],
      ['POST', 'https://api.devrev.ai/sys-users.list', 'devrev sysUsersListPost'],
      ['GET', 'https://api.plaspy.com/API/Users', 'plaspy listUsers'],
      ['QUERY', `${SERVER}/v1/users`, 'rollcall queryUsers'],
    ] as const
    for (const [method, url, operation] of vendors) assert.equal(find(method, url).operation, operation)
    assert.deepEqual(find('GET', 'https://api.example/user/v1/users?sort[]=firstname:desc&limit=2').query, [
      { name: 'sort[]', value: 'firstname:desc' },
      { name: 'limit', value: '2' },
    ])
    assert.equal(find('GET', 'https://api.plaspy.com/api/users').server, 'https://api.plaspy.com')
  })

  it('prefers a path of its own to a value', () => {
    for (const operations of [OPERATIONS, OPERATIONS.toReversed()]) {
      const tree = matchRequest({ method: 'GET', url: `${SERVER}/v1/customers/tree` }, operations, SERVER)
      assert.equal(tree.operation?.id, 'getCustomerTree')
    }
    assert.equal(find('GET', `${SERVER}/v1/customers/12`).operation, 'rollcall getCustomer')
    assert.equal(find('GET', `${SERVER}/api/users/countries`).operation, 'plaspy listCountries')
  })

  it('reads values and queries as a server does', () => {
    const found = find('GET', `${SERVER}/v1/users/a%2Fb/?fields=id,fullName&x=%zz&y=a+b%20c`)
    assert.deepEqual(found.path, { id: 'a/b' })
    assert.deepEqual(found.query, [
      { name: 'fields', value: 'id,fullName' },
      { name: 'x', value: '%zz' },
      { name: 'y', value: 'a b c' },
    ])
  })

  it('takes a variable for the server, and for the beginning of a path', () => {
    assert.deepEqual(find('GET', '$BASE/v1/me').operation, 'rollcall getMe')
    assert.deepEqual(find('GET', '${URL}/me'), { operation: 'rollcall getMe', path: {}, query: [], server: null })
    assert.deepEqual(find('GET', '{{base}}/customers/7').path, { customerId: '7' })
    // The operation one looks at comes first, and $URL may well end with /v1.
    const here = operationOf('rollcall', 'listUsers')
    const found = matchRequest({ method: 'GET', url: '$URL/users' }, [here, ...OPERATIONS], SERVER)
    assert.equal(found.operation, here)
    assert.equal(matchRequest({ method: 'GET', url: '$URL/nothing' }, OPERATIONS, SERVER).operation, null)
  })

  it('looks below the path of a server that has one', () => {
    const found = find('GET', 'https://a.example/directory/v1/me', 'https://a.example/directory')
    assert.equal(found.operation, 'rollcall getMe')
    assert.equal(found.server, 'https://a.example/directory')
  })

  it('says which methods a path takes when the method is wrong', () => {
    const lost = (method: string, path: string) => matchRequest({ method, url: SERVER + path }, OPERATIONS, SERVER)
    assert.deepEqual(lost('DELETE', '/users'), { operation: null, path: '/users', methods: ['GET', 'POST'] })
    assert.deepEqual(lost('GET', '/nowhere'), { operation: null, path: '/nowhere', methods: [] })
  })
})

describe('what a request says of credentials', () => {
  const authorization = (value: string | null, takesBareTokens = false) => {
    const operation = operationOf('d3lay', 'listUsers')
    const headers = value === null ? [] : [['authorization', value] as const]
    const request = { method: 'GET', url: `${SERVER}/users`, headers, body: null }
    const match = matchRequest(request, [operation], SERVER)
    assert.ok(match.operation)
    return applyRequest(emptyForm(operation, {}), request, match, takesBareTokens)
  }

  it('tells tokens from the places that pages leave for them', () => {
    const places = ['YOUR_TOKEN', 'YOUR_ACCESS_TOKEN', '<token>', '{your_auth_token}', '$TOKEN', '${TOKEN}', 'rc_…']
    for (const place of places) {
      assert.deepEqual(authorization(`Bearer ${place}`).authorization, { kind: 'placeholder' }, place)
    }
    const token = { kind: 'token', token: 'rc_1' }
    assert.deepEqual(authorization('bearer  rc_1').authorization, { ...token, isBare: false })
    assert.deepEqual(authorization('rc_1', true).authorization, { ...token, isBare: true })
    assert.deepEqual(authorization(null).authorization, { kind: 'none' })
  })

  it('leaves what is no token among the headers', () => {
    for (const [value, isBare] of [
      ['Basic YTpi', true],
      ['rc_1', false],
    ] as const) {
      const { form, authorization: kind } = authorization(value, isBare)
      assert.deepEqual(kind, { kind: 'other' })
      assert.deepEqual(form.headers, [{ name: 'authorization', value }])
    }
  })
})
