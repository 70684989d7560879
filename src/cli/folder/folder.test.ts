import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { openFolder } from './folder.ts'
import { FIRST_TOKEN, firstToken, layFoundation } from './foundation.ts'
import { openDirectory, operatorView } from './opened-directory.ts'
import { folderPlace } from './place.ts'

const root = mkdtempSync(join(tmpdir(), 'rollcall-test-'))
after(() => rmSync(root, { recursive: true }))

const modeOf = (path: string) => statSync(path).mode & 0o777

describe('a data folder', () => {
  it('and all that is secret in it is open to its owner only', async () => {
    const path = join(root, 'deep', 'data')
    const { close } = await openDirectory(folderPlace(path), 'test')
    await close()
    assert.equal(modeOf(path), 0o700)
    assert.equal(modeOf(join(path, 'rollcall.db')), 0o600)
  })

  it('is refused to a second one, with process and address of the first, until that is closed', () => {
    const path = join(root, 'shared')
    const first = openFolder(path, 'serve')
    first.announce('http://127.0.0.1:1234')
    assert.throws(() => openFolder(path, 'import'), {
      name: 'CommandError',
      message: `The data folder ${path} is in use by process ${process.pid} (rollcall serve at http://127.0.0.1:1234). Stop it first, or work through it with --server http://127.0.0.1:1234.`,
    })
    first.close()
    openFolder(path, 'import').close()
  })

  it('cannot be a file', () => {
    const path = join(root, 'file')
    writeFileSync(path, '')
    assert.throws(() => openFolder(path, 'serve'), /cannot be used: there is a file of that name/)
  })

  it('gets a root customer, an administrator and a first token once, also when two begin at once', async () => {
    const { store, view, close } = await openDirectory(folderPlace(join(root, 'first')), 'test')
    await Promise.all([layFoundation(view), layFoundation(operatorView(store))])
    const secrets = await Promise.all([1, 2, 3].map(() => firstToken(operatorView(store, FIRST_TOKEN))))
    const told = secrets.filter((secret) => secret !== null)
    assert.equal(told.length, 1)
    assert.match(told[0] ?? '', /^rc_[0-9A-Za-z]{49}$/)
    await layFoundation(view)
    assert.equal(await firstToken(view), null)
    const { users, total } = await view.users({ page: { offset: 0, limit: 10 }, total: true })
    assert.equal(total, 1)
    assert.deepEqual([users[0]?.identifier, users[0]?.userType, users[0]?.number], ['admin', 'admin', 1])
    const [token] = await view.tokens()
    assert.deepEqual([token?.permissions, token?.scope, token?.expiresAt], [['admin'], 'all', null])
    await close()
  })
})
