import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pathPattern } from './path-pattern.ts'

describe('pathPattern', () => {
  it('gives the parameters of a path', () => {
    const pattern = pathPattern('/api/p/v:version/users/:id', false)
    assert.deepEqual(pattern.match('/api/p/v1.0/users/a%20b'), { version: '1.0', id: 'a b' })
    assert.deepEqual(pathPattern('/users', false).match('/users'), {})
  })

  it('matches nothing but whole paths with text in every parameter', () => {
    const pattern = pathPattern('/users/:id', false)
    for (const path of ['/users/', '/users', '/users/a/b', '/Users/a', '/x/users/a', '/users/%ff']) {
      assert.equal(pattern.match(path), undefined, path)
    }
  })

  it('takes nothing but parameters for anything but itself', () => {
    const pattern = pathPattern('/sys-users.list', false)
    assert.deepEqual(pattern.match('/sys-users.list'), {})
    assert.equal(pattern.match('/sys-usersxlist'), undefined)
  })

  it('may ignore letter case, but for parameters', () => {
    assert.deepEqual(pathPattern('/api/Users/:id', true).match('/API/users/AbC'), { id: 'AbC' })
  })
})
