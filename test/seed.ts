import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fillDemo } from '../src/cli/demo/index.ts'
import type { View } from '../src/core/directory.ts'
import { operator, type Permission, type Scope } from '../src/core/principal.ts'
import { tokenSecret } from '../src/core/token.ts'
import { createDirectory } from '../src/core/view.ts'
import { openStore } from '../src/storage/index.ts'

const SMALL = 200
const DAY_MS = 86_400_000
const COMPANY_ADMINISTRATOR = '7a1506b9-9ce4-43f9-a6f0-e94ef4252277'

/** Whose token a test sends; contract/README.md says what each may do. */
export const ROLES = [
  'admin',
  'reader',
  'metadata',
  'writer',
  'scoped',
  'powerless',
  'expired',
  'revoked',
  'forged',
  'none',
] as const
export type Role = (typeof ROLES)[number]

/** A token as a client has it; null where none is sent. */
export type RoleTokens = Readonly<Record<Role, { readonly id: string; readonly secret: string } | null>>

/** A closed directory to make copies of: customer 1 with the first administrator, the demo, and a token per role. */
export interface Seed {
  readonly file: string
  readonly tokens: RoleTokens
}

const seeds = new Map<number, Promise<Seed>>()

/** The directory with so many people of the demo, filled once per process. */
export function seededDirectory(users = SMALL): Promise<Seed> {
  const seed = seeds.get(users) ?? fill(users)
  seeds.set(users, seed)
  return seed
}

async function fill(users: number): Promise<Seed> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-seed-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'rollcall.db')
  const store = await openStore(`sqlite:${file}`)
  const viewAt = (nowMs: number) =>
    createDirectory({ store, now: () => nowMs, randomBytes, cursorKey: randomBytes(32) }).as(operator(1))
  const view = viewAt(Date.now())
  await view.createCustomer({ id: 1, code: 'root', name: 'Root' })
  const administrator = await view.createUser({ identifier: 'admin', fullName: 'Administrator', userType: 'admin' })
  await fillDemo(view, { users })
  const tokens = await issueTokens(view, viewAt(Date.now() - 2 * DAY_MS), administrator.id)
  await store.close()
  return { file, tokens }
}

async function issueTokens(view: View, earlier: View, administratorId: string): Promise<RoleTokens> {
  const issue = async (permissions: readonly Permission[], more: { scope?: Scope; userId?: string } = {}) => {
    const { scope = 'all', userId = administratorId } = more
    const { token, secret } = await view.issueToken({ name: 'test', userId, permissions, scope, expiresAt: null })
    return { id: token.id, secret }
  }
  const expired = await earlier.issueToken({
    name: 'test',
    userId: administratorId,
    permissions: ['admin'],
    scope: 'all',
    expiresAt: new Date(Date.now() - DAY_MS).toISOString(),
  })
  const revoked = await issue(['admin'])
  await view.revokeToken(revoked.id)
  return {
    admin: await issue(['admin']),
    reader: await issue(['users:read']),
    metadata: await issue(['users:read', 'users:read-metadata']),
    writer: await issue(['users:read', 'users:write']),
    scoped: await issue(['users:read', 'users:read-metadata'], { scope: 1234, userId: COMPANY_ADMINISTRATOR }),
    powerless: await issue(['customers:read']),
    expired: { id: expired.token.id, secret: expired.secret },
    revoked,
    forged: { id: '00000000-0000-7000-8000-000000000000', secret: tokenSecret(randomBytes(32)) },
    none: null,
  }
}
