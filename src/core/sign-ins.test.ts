import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { assertRefused } from '../../test/conformance/subject.ts'
import { happensBefore, onTree, principal, type TestDirectory } from '../../test/model/directory.ts'
import { sampleId } from '../../test/model/sample.ts'
import type { View } from './directory.ts'
import { DirectoryError } from './error.ts'
import { PERMISSIONS, type Permission, type Principal, type Scope } from './principal.ts'

const admin = principal(['admin'])
const PASSWORD = 'correct horse battery staple'
const OTHER = 'incorrect zebra battery staple'
const ADA = sampleId(3)

const lets = ({ directory }: TestDirectory, password: string) =>
  directory.openSession({ identifier: 'user-3', password }).then(
    () => true,
    () => false,
  )

/** Lets user 3 sign in. */
async function letIn(
  { directory }: TestDirectory,
  permissions: readonly Permission[] = ['users:read'],
  scope: Scope = 10,
) {
  await directory.as(admin).putSignIn(ADA, { permissions, scope, password: PASSWORD })
}

describe('the right to sign in', () => {
  onTree('is given, changed, told and taken', async (tree) => {
    const view = tree.directory.as(principal(['tokens:write', 'users:read', 'users:write'], 10))
    await assertRefused(view.signIn(ADA), { code: 'not_found' })
    const given = await view.putSignIn(ADA, {
      permissions: ['users:read', 'users:read'],
      scope: 10,
      password: PASSWORD,
    })
    assert.deepEqual(given, { permissions: ['users:read'], scope: 10, hasPassword: true, lastUsedAt: null })
    assert.deepEqual(await view.signIn(ADA.toUpperCase()), given)
    assert.equal(await lets(tree, PASSWORD), true)
    const changed = await view.putSignIn(ADA, { permissions: ['users:read', 'users:write'], scope: 11 })
    assert.deepEqual(
      [changed.permissions, changed.scope, changed.hasPassword],
      [['users:read', 'users:write'], 11, false],
    )
    assert.equal(await lets(tree, PASSWORD), false)
    await view.putSignIn(ADA, { permissions: ['users:read', 'users:write'], scope: 11, password: OTHER })
    assert.deepEqual([await lets(tree, PASSWORD), await lets(tree, OTHER)], [false, true])
    const narrowed = await view.putSignIn(ADA, { permissions: ['users:read'], scope: 11 })
    assert.deepEqual([narrowed.permissions, narrowed.scope, narrowed.hasPassword], [['users:read'], 11, true])
    assert.equal(await lets(tree, OTHER), true)
    await view.removeSignIn(ADA)
    assert.equal(await lets(tree, OTHER), false)
    await assertRefused(view.signIn(ADA), { code: 'not_found' })
    await assertRefused(view.removeSignIn(ADA), { code: 'not_found' })
  })

  onTree('takes tokens:write', async (tree) => {
    await letIn(tree)
    const view = tree.directory.as(principal(PERMISSIONS.filter((one) => one !== 'tokens:write' && one !== 'admin')))
    const refused = { code: 'forbidden', reason: 'permission' } as const
    await assertRefused(view.signIn(ADA), refused)
    await assertRefused(view.putSignIn(ADA, { permissions: [], scope: 10 }), refused)
    await assertRefused(view.removeSignIn(ADA), refused)
  })

  onTree('hands on no permission and no scope the caller has not, and is of users the caller sees', async (tree) => {
    const view = tree.directory.as(principal(['tokens:write', 'users:read'], 10))
    for (const permission of PERMISSIONS.filter((one) => one !== 'tokens:write' && one !== 'users:read')) {
      const putting = view.putSignIn(ADA, { permissions: ['users:read', permission], scope: 10, password: PASSWORD })
      await assertRefused(putting, { code: 'forbidden', reason: 'permission' })
    }
    const scoped = (scope: Scope) => view.putSignIn(ADA, { permissions: [], scope })
    await assertRefused(scoped('all'), { code: 'forbidden', reason: 'scope' })
    for (const scope of [1, 20, 99]) await assertRefused(scoped(scope), { code: 'invalid', name: 'scope' })
    for (const userId of [sampleId(1), sampleId(8), sampleId(6), sampleId(99), 'nobody']) {
      for (const asking of [
        view.putSignIn(userId, { permissions: [], scope: 10 }),
        view.signIn(userId),
        view.removeSignIn(userId),
      ]) {
        await assertRefused(asking, { code: 'not_found', reason: 'subject' })
      }
    }
    assert.deepEqual(await tree.store.tokens(), [])
  })

  onTree('that reaches beyond what the caller sees is neither told nor changed nor taken', async (tree) => {
    const view = tree.directory.as(principal(['tokens:write', 'users:read'], 10))
    for (const scope of ['all', 1] as const) {
      await letIn(tree, ['users:read'], scope)
      await assertRefused(view.signIn(ADA), { code: 'not_found' })
      await assertRefused(view.removeSignIn(ADA), { code: 'not_found' })
      await assertRefused(view.putSignIn(ADA, { permissions: [], scope: 10 }), { code: 'forbidden', reason: 'scope' })
      assert.equal(await lets(tree, PASSWORD), true)
    }
  })

  onTree('comes with a password of some length', async (tree) => {
    const view = tree.directory.as(admin)
    for (const password of ['', 'seven77', 'x'.repeat(1025)]) {
      const putting = view.putSignIn(ADA, { permissions: [], scope: 10, password })
      await assertRefused(putting, { code: 'invalid', reason: 'range', name: 'password' })
    }
    assert.deepEqual(await tree.store.tokens(), [])
  })
})

/** Everything by which a user is deleted. */
const DELETIONS: readonly (readonly [string, (view: View) => Promise<unknown>])[] = [
  ['deleting', (view) => view.deleteUser(ADA)],
  ['updating', (view) => view.updateUser(ADA, { status: 'deleted' })],
  ['replacing', (view) => view.replaceUser(ADA, { identifier: 'user-3', status: 'deleted' })],
  ['an atomic batch', (view) => view.batch([{ op: 'delete', id: ADA }], true)],
  [
    'a batch in which something else is refused',
    (view) =>
      view.batch(
        [
          { op: 'delete', id: ADA },
          { op: 'delete', id: sampleId(99) },
          { op: 'delete', id: sampleId(4) },
        ],
        false,
      ),
  ],
]

describe('the right to sign in of a deleted user', () => {
  for (const [name, remove] of DELETIONS) {
    onTree(`is gone by ${name}, and is not restored with the user`, async (tree) => {
      const { directory, store } = tree
      await letIn(tree, ['admin'], 'all')
      const { secret } = await directory.openSession({ identifier: 'user-3', password: PASSWORD })
      const revision = await store.revision()
      const writer = directory.as(principal(['users:write']))
      await remove(writer)
      assert.equal(await store.revision(), revision + 1)
      await writer.restoreUser(ADA)
      assert.equal(await lets(tree, PASSWORD), false)
      await assertRefused(directory.as(admin).signIn(ADA), { code: 'not_found' })
      await assertRefused(directory.principal({ session: secret }), {
        code: 'unauthenticated',
        reason: 'revoked_token',
      })
      const given = await directory.as(admin).putSignIn(ADA, { permissions: ['admin'], scope: 'all' })
      assert.equal(given.hasPassword, false)
    })

    onTree(`is gone by ${name} also where it is changed at that very moment`, async (tree) => {
      await letIn(tree, ['users:read'], 10)
      let isFirst = true
      const between = happensBefore(tree, async () => {
        if (!isFirst) return
        isFirst = false
        await tree.directory.as(admin).putSignIn(ADA, { permissions: [], scope: 10 })
      })
      await remove(between.as(principal(['users:write'])))
      const rights = await tree.store.tokens({ use: 'sign-in', userId: ADA })
      assert.deepEqual(
        rights.filter(({ revokedAt }) => revokedAt === null),
        [],
      )
      assert.equal((await tree.store.user({ id: ADA }))?.status, 'deleted')
    })
  }

  /** Deletes user 3 as the store alone does, which knows nothing of rights. */
  async function bury({ store }: TestDirectory) {
    const user = await store.user({ id: ADA })
    assert.ok(user)
    const { revision, ...kept } = user
    const change = { kind: 'user', user: { ...kept, status: 'deleted' }, expected: revision } as const
    await store.commit({ changes: [change], at: user.updatedAt, by: null })
  }

  onTree('that has been kept ends when the user is restored', async (tree) => {
    await letIn(tree, ['admin'], 'all')
    await bury(tree)
    await tree.directory.as(principal(['users:write'])).restoreUser(ADA)
    assert.equal(await lets(tree, PASSWORD), false)
  })

  onTree('that has been kept can be taken, but not changed', async (tree) => {
    await letIn(tree)
    await bury(tree)
    const view = tree.directory.as(principal(['tokens:write'], 10))
    await assertRefused(view.putSignIn(ADA, { permissions: [], scope: 10 }), { code: 'not_found' })
    await view.removeSignIn(ADA)
    const rights = await tree.store.tokens({ use: 'sign-in', userId: ADA })
    assert.ok(rights.every(({ revokedAt }) => revokedAt !== null))
    await assertRefused(view.removeSignIn(ADA), { code: 'not_found' })
  })
})

/** Everything by which a user can be given a password. */
const WAYS: readonly (readonly [string, (view: View) => Promise<unknown>])[] = [
  ['updating the user', (view) => view.updateUser(ADA, {}, { password: OTHER })],
  ['updating the user in another field too', (view) => view.updateUser(ADA, { role: 'x' }, { password: OTHER })],
  ['forgetting the password', (view) => view.updateUser(ADA, {}, { password: null })],
  ['replacing the user', (view) => view.replaceUser(ADA, { identifier: 'user-3' }, { password: OTHER })],
  ['letting the user sign in', (view) => view.putSignIn(ADA, { permissions: [], scope: 11, password: OTHER })],
]

/** How somebody who may only let others sign in takes from an administrator what keeps its password safe. */
const DEMOTIONS: readonly (readonly [string, (view: View) => Promise<unknown>])[] = [
  ['while the user was allowed little', (view) => view.putSignIn(ADA, { permissions: [], scope: 11 })],
  ['with a right that took the place of one that was taken', (view) => view.removeSignIn(ADA)],
  [
    'with a right that took the place of one that was revoked',
    async (view) => {
      const [right] = await view.tokens({ use: 'sign-in', userId: ADA })
      await view.revokeToken(right?.id ?? '')
    },
  ],
]

describe('the password of a user who signs in', () => {
  for (const [name, set] of WAYS) {
    onTree(`is not set by ${name} for a caller who may less`, async (tree) => {
      const { directory } = tree
      const mighty: readonly (readonly [readonly Permission[], Scope, readonly Principal[]])[] = [
        [['admin'], 'all', [principal(PERMISSIONS.filter((one) => one !== 'admin'))]],
        [['users:read', 'audit:read'], 10, [principal(['users:write', 'tokens:write', 'users:read'])]],
        [[], 'all', [principal(['admin'], 10), principal(['admin'], 1)]],
        [[], 10, [principal(['admin'], 11)]],
        // Being that user is not enough: its token may be allowed little.
        [['admin'], 'all', [principal(['users:write', 'tokens:write'], 'all', ADA)]],
      ]
      for (const [permissions, scope, callers] of mighty) {
        await letIn(tree, permissions, scope)
        for (const caller of callers) {
          await assert.rejects(set(directory.as(caller)), (error) => {
            assert.ok(error instanceof DirectoryError && ['forbidden', 'not_found'].includes(error.code))
            return true
          })
          assert.deepEqual([await lets(tree, PASSWORD), await lets(tree, OTHER)], [true, false])
        }
      }
    })

    onTree(`is set by ${name} for a caller who may all that the user may`, async (tree) => {
      await letIn(tree, ['users:read'], 10)
      await set(tree.directory.as(principal(['users:write', 'tokens:write', 'users:read'], 10)))
      assert.equal(await lets(tree, PASSWORD), false)
    })
  }

  onTree('has some length, whatever it is set by', async (tree) => {
    await letIn(tree)
    const view = tree.directory.as(admin)
    const short = { code: 'invalid', reason: 'range', name: 'password' } as const
    await assertRefused(view.updateUser(ADA, {}, { password: 'seven77' }), short)
    await assertRefused(view.replaceUser(ADA, { identifier: 'user-3' }, { password: 'seven77' }), short)
    assert.equal(await lets(tree, PASSWORD), true)
    await view.updateUser(ADA, {}, { password: 'eight888' })
    assert.equal(await lets(tree, 'eight888'), true)
  })

  onTree('is set freely as long as the user may not sign in', async (tree) => {
    const view = tree.directory.as(principal(['users:write'], 10))
    await view.updateUser(ADA, {}, { password: PASSWORD })
    await view.createUser({ identifier: 'new' }, { password: PASSWORD })
    await letIn(tree, ['admin'], 'all')
    await tree.directory.as(admin).removeSignIn(ADA)
    await view.updateUser(ADA, {}, { password: OTHER })
  })

  onTree('is none that was set before the user could sign in: whoever set it knows it', async (tree) => {
    const writer = tree.directory.as(principal(['users:write'], 10))
    await writer.updateUser(ADA, {}, { password: OTHER })
    const given = await tree.directory.as(admin).putSignIn(ADA, { permissions: ['admin'], scope: 'all' })
    assert.equal(given.hasPassword, false)
    assert.equal(await lets(tree, OTHER), false)
    await tree.directory.as(admin).removeSignIn(ADA)
    await writer.updateUser(ADA, {}, { password: OTHER })
    await tree.directory.as(admin).putSignIn(ADA, { permissions: ['admin'], scope: 'all', password: PASSWORD })
    assert.deepEqual([await lets(tree, OTHER), await lets(tree, PASSWORD)], [false, true])
  })

  for (const [name, demote] of DEMOTIONS) {
    onTree(`is none that was set ${name}`, async (tree) => {
      const { directory } = tree
      await letIn(tree, ['admin'], 'all')
      const attacker = directory.as(principal(['tokens:write']))
      await demote(attacker)
      await attacker.putSignIn(ADA, { permissions: [], scope: 11, password: OTHER })
      const { secret } = await directory.openSession({ identifier: 'user-3', password: OTHER })
      const given = await directory.as(admin).putSignIn(ADA, { permissions: ['admin'], scope: 'all' })
      assert.equal(given.hasPassword, false)
      assert.deepEqual([await lets(tree, OTHER), await lets(tree, PASSWORD)], [false, false])
      await assertRefused(directory.principal({ session: secret }), {
        code: 'unauthenticated',
        reason: 'revoked_token',
      })
    })
  }

  onTree('is forgotten where more is given without one, and stays where no more is', async (tree) => {
    const view = tree.directory.as(admin)
    const steps: readonly (readonly [readonly Permission[], Scope, readonly Permission[], Scope, boolean])[] = [
      [['users:read'], 10, ['users:read', 'audit:read'], 10, false],
      [['users:read'], 10, ['audit:read'], 10, false],
      [['users:read'], 10, ['admin'], 10, false],
      [['users:read'], 10, ['users:read'], 1, false],
      [['users:read'], 10, ['users:read'], 20, false],
      [['users:read'], 1, [], 'all', false],
      [['users:read'], 10, ['users:read'], 10, true],
      [['users:read', 'audit:read'], 'all', ['audit:read'], 10, true],
      [['admin'], 10, ['users:read', 'admin'], 11, true],
      [['admin'], 'all', ['users:read', 'tokens:write'], 'all', true],
    ]
    for (const [had, saw, permissions, scope, stays] of steps) {
      await letIn(tree, had, saw)
      const { hasPassword } = await view.putSignIn(ADA, { permissions, scope })
      assert.deepEqual([hasPassword, await lets(tree, PASSWORD)], [stays, stays], JSON.stringify({ had, permissions }))
    }
  })

  onTree('is not known to who sets one at the very moment the user is let in', async (tree) => {
    const { directory, store } = tree
    const writer = principal(['users:write'], 10)
    // The administrator's commit comes between what the writer has looked at and what it writes.
    let isFirst = true
    const between = happensBefore(tree, async () => {
      if (!isFirst) return
      isFirst = false
      await directory.as(admin).putSignIn(ADA, { permissions: ['admin'], scope: 'all', password: PASSWORD })
    })
    await assertRefused(between.as(writer).updateUser(ADA, {}, { password: OTHER }), {
      code: 'forbidden',
      reason: 'permission',
    })
    assert.deepEqual([await lets(tree, OTHER), await lets(tree, PASSWORD)], [false, true])
    assert.ok((await store.passwordHash(ADA)) !== undefined)
  })

  onTree('cannot come with a batch', async (tree) => {
    const view = tree.directory.as(admin)
    for (const operation of [
      { op: 'update', id: ADA, user: { password: OTHER } as object },
      { op: 'create', user: { identifier: 'x', password: OTHER } as object },
      { op: 'replace', id: ADA, user: { identifier: 'x', passwordHash: 'x' } as object },
      { op: 'upsert', match: 'identifier', user: { identifier: 'user-3', password: OTHER } as object },
    ] as const) {
      await assertRefused(view.batch([operation], true), { code: 'invalid', reason: 'unknown' })
      const [outcome] = await view.batch([operation], false)
      assert.equal(outcome?.outcome, 'refused')
    }
  })
})

describe('one’s own password', () => {
  onTree('is changed by who knows it, and ends the other sessions', async (tree) => {
    const { directory } = tree
    await letIn(tree)
    const sign = () => directory.openSession({ identifier: 'user-3', password: PASSWORD })
    const [own, other] = [await sign(), await sign()]
    await directory.as(own.principal).changePassword(PASSWORD, OTHER)
    assert.deepEqual([await lets(tree, PASSWORD), await lets(tree, OTHER)], [false, true])
    await directory.principal({ session: own.secret })
    await assertRefused(directory.principal({ session: other.secret }), {
      code: 'unauthenticated',
      reason: 'revoked_token',
    })
    // Nothing but the password of the user has changed.
    const { user } = await directory.as(own.principal).me()
    assert.equal(user.identifier, 'user-3')
  })

  onTree('is not changed by who does not know it, nor to one that is too short', async (tree) => {
    const { directory } = tree
    await letIn(tree, ['admin'], 'all')
    const { principal: own } = await directory.openSession({ identifier: 'user-3', password: PASSWORD })
    const change = (current: string, next: string) => directory.as(own).changePassword(current, next)
    for (const current of ['', OTHER, `${PASSWORD} `]) {
      await assertRefused(change(current, OTHER), { code: 'invalid', reason: 'value', name: 'current' })
    }
    await assertRefused(change(PASSWORD, 'short'), { code: 'invalid', reason: 'range', name: 'new' })
    assert.equal(await lets(tree, PASSWORD), true)
  })

  onTree('is not there for who has none', async ({ directory }) => {
    for (const caller of [principal(['admin']), principal([], 'all', sampleId(4))]) {
      await assertRefused(directory.as(caller).changePassword('', OTHER), { code: 'invalid', name: 'current' })
    }
  })
})
