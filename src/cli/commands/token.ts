import { InvalidArgumentError, type Command } from 'commander'
import { PERMISSIONS, type Permission, type Scope } from '../../core/principal.ts'
import { parseInstant } from '../../core/instant.ts'
import { ADMINISTRATOR } from '../folder/foundation.ts'
import { placeOf } from '../folder/place.ts'
import { openClient } from '../server-client/client.ts'
import type { ListedToken, TokenDesk } from '../token/desk.ts'
import { openDirectoryDesk } from '../token/directory-desk.ts'
import { openServerDesk } from '../token/server-desk.ts'
import { table, writeRemark, writeResult } from './output.ts'
import { addSettingOptions, effectiveSettings } from './setting-options.ts'

interface CreateOptions {
  readonly name: string
  readonly user: string
  readonly permissions: readonly Permission[]
  readonly scope: Scope
  readonly expires?: string
  readonly json?: boolean
}

/** `rollcall token create|list|revoke`, in the directory itself or through a running server. */
export function addTokenCommand(program: Command): void {
  const token = program.command('token').description('Issue, list and revoke tokens.')
  token.addHelpText(
    'after',
    '\nExamples:\n  rollcall token create --name backup --permissions users:read\n  ROLLCALL_TOKEN=rc_… rollcall token list --server http://127.0.0.1:8080',
  )

  const create = token
    .command('create')
    .description('Issue a token; its secret goes to standard output, this once.')
    .requiredOption('--name <name>', 'What it is for.')
    .option('--user <user>', 'Identifier, e-mail or id of the user it belongs to.', ADMINISTRATOR)
    .option('--permissions <list>', `What it may do, with commas between: ${PERMISSIONS.join(', ')}.`, permissions, [
      'users:read',
    ])
    .option('--scope <customer>', 'The id of the customer it sees, with all below it, or all.', scope, 'all')
    .option('--expires <instant>', 'When it ends, such as 2027-01-01T00:00:00Z; never when not said.', instant)
    .option('--json', 'Print the token and its secret as JSON.')
    .action(async ({ name, user, permissions, scope, expires, json }: CreateOptions) => {
      const order = { name, user, permissions, scope, expiresAt: expires ?? null }
      const { token, secret } = await at(create, (desk) => desk.issue(order))
      if (!json) writeRemark(`Token ${token.id} (${token.permissions.join(', ')}) for user ${token.userId}:`)
      writeResult(json ?? false, { ...token, secret }, [secret])
    })

  const list = token
    .command('list')
    .description('List tokens, also revoked and expired ones; secrets are not kept.')
    .option('--all', 'Also sessions of browsers, rights to sign in and set-up links.')
    .option('--json', 'Print JSON.')
    .action(async ({ all = false, json = false }: { readonly all?: boolean; readonly json?: boolean }) => {
      const tokens = await at(list, (desk) => desk.list(all))
      const header = ['ID', ...(all ? ['USE'] : []), 'NAME', 'PERMISSIONS', 'SCOPE', 'STATE', 'LAST USED']
      writeResult(json, tokens, table([header, ...tokens.map((token) => tokenRow(token, all))]))
    })

  const revoke = token
    .command('revoke <id>')
    .description('Revoke a token, at once and for good.')
    .option('--json', 'Print the token as JSON.')
    .action(async (id: string, { json }: { readonly json?: boolean }) => {
      const revoked = await at(revoke, (desk) => desk.revoke(id))
      writeResult(json ?? false, revoked, [`Token ${revoked.id} is revoked.`])
    })

  for (const command of [create, list, revoke]) addSettingOptions(command, ['data', 'database', 'server'])
}

async function at<T>(command: Command, work: (desk: TokenDesk) => Promise<T>): Promise<T> {
  const settings = effectiveSettings(command)
  const { server, token } = settings
  const desk =
    server.value === null
      ? await openDirectoryDesk(placeOf(settings))
      : openServerDesk(openClient(server.value, token.value))
  try {
    return await work(desk)
  } finally {
    await desk.close()
  }
}

function tokenRow(token: ListedToken, withUse: boolean): readonly string[] {
  const { id, use, name, permissions, scope, revokedAt, expiresAt, lastUsedAt } = token
  const expired = expiresAt !== null && Date.parse(expiresAt) <= Date.now()
  const state = revokedAt !== null ? 'revoked' : expired ? 'expired' : 'valid'
  return [id, ...(withUse ? [use] : []), name, permissions.join(','), String(scope), state, lastUsedAt ?? 'never']
}

function permissions(text: string): readonly Permission[] {
  return text.split(',').map((one) => {
    const found = PERMISSIONS.find((permission) => permission === one.trim())
    if (found === undefined) throw new InvalidArgumentError(`Allowed are ${PERMISSIONS.join(', ')}.`)
    return found
  })
}

function scope(text: string): Scope {
  if (text === 'all') return text
  if (/^[1-9]\d{0,15}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be the id of a customer, or all.')
}

function instant(text: string): string {
  const found = parseInstant(text)
  if (found === undefined) throw new InvalidArgumentError('It must be a moment such as 2027-01-01T00:00:00Z.')
  return found
}
