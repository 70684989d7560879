import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { returnAddress } from '../../console/src/pages/sign-in/return-address.ts'

describe('the address to return to after signing in', () => {
  it('is a page of the console, with its search', () => {
    assert.equal(returnAddress('/tokens?state=active'), '/tokens?state=active')
    assert.equal(returnAddress('/console/users/42?tab=json#x'), '/users/42?tab=json#x')
  })

  it('is the start where another site, no page or the sign-in itself is meant', () => {
    const elsewhere = ['//evil.example', '/\\evil.example', 'https://evil.example/', 'javascript:alert(1)', 'users']
    const hidden = [
      '/\t/evil.example',
      '/\n/evil.example',
      '/console//evil.example',
      '/console/\\evil.example',
      '/./\\evil',
    ]
    const itself = ['/', '/sign-in', '/sign-in?to=/x', '/setup', '/console', '/console/sign-in', undefined, '']
    for (const to of [...elsewhere, ...hidden, ...itself]) assert.equal(returnAddress(to), '/', String(to))
  })

  it('never leads to another origin, whatever it is made from', () => {
    const part = fc.constantFrom('/', '\\', '\t', '.', '..', '@', ':', 'console', 'evil.example', '?', '#', '%2f')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const reached = new URL(`/console${returnAddress(parts.join(''))}`, 'http://here.example')
        assert.equal(reached.origin, 'http://here.example')
        assert.match(reached.pathname, /^\/console\//)
      }),
    )
  })
})
