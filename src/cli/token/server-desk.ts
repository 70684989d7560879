import { isUuid } from '../../dialects/rollcall/import/cell.ts'
import type { Client } from '../server-client/client.ts'
import type { ListedToken, TokenDesk } from './desk.ts'
import { unknownUser } from './directory-desk.ts'

interface TokenPage {
  readonly tokens: readonly ListedToken[]
  readonly page: { readonly next?: string }
}

/** Asks a running server, as the owner of the client's token. */
export function openServerDesk(client: Client): TokenDesk {
  return {
    async list(all) {
      const tokens: ListedToken[] = []
      let cursor: string | undefined
      do {
        const query = `limit=1000${all ? '&use=all' : ''}${cursor === undefined ? '' : `&cursor=${cursor}`}`
        const answer = (await client.send('GET', `/v1/tokens?${query}`, { repeatable: true })) as TokenPage
        tokens.push(...answer.tokens)
        cursor = answer.page.next
      } while (cursor !== undefined)
      return tokens
    },
    async issue({ user, ...order }) {
      const userId = isUuid(user) ? user : await findUser(client, user)
      const answer = await client.send('POST', '/v1/tokens', { body: { ...order, userId } })
      const { secret, ...token } = answer as ListedToken & { readonly secret: string }
      return { token, secret }
    },
    async revoke(id) {
      return (await client.send('DELETE', `/v1/tokens/${encodeURIComponent(id)}`, { repeatable: true })) as ListedToken
    },
    close: () => Promise.resolve(),
  }
}

async function findUser(client: Client, name: string): Promise<string> {
  const value = JSON.stringify(name)
  const filter = encodeURIComponent(`identifier eq ${value} or email eq ${value}`)
  const answer = await client.send('GET', `/v1/users?limit=2&filter=${filter}`, { repeatable: true })
  const { users } = answer as { readonly users: readonly { readonly id: string; readonly identifier: string }[] }
  const found = users.find(({ identifier }) => identifier.toLowerCase() === name.toLowerCase()) ?? users[0]
  if (!found) throw unknownUser(name)
  return found.id
}
