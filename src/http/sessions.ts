import type { Directory, OpenedSession } from '../core/directory.ts'
import { DirectoryError } from '../core/error.ts'
import type { Principal } from '../core/principal.ts'
import { fold } from '../core/text.ts'
import type { BrowserSession, PublicCall, Sessions } from '../dialects/dialect.ts'
import { assertNoOtherSite } from './cross-site.ts'
import type { GuessLimits } from './guess-limits.ts'
import { cookieOf, noCookie, sessionIn } from './session-cookie.ts'
import type { UsageCounters } from './usage.ts'

/** Opens sessions over a directory. */
export function openSessions(parts: {
  readonly directory: Directory
  readonly usage: UsageCounters
  readonly now: () => number
  /** How often passwords may be guessed and sessions opened. */
  readonly limits: GuessLimits
}): Sessions {
  const { directory, usage, now, limits } = parts
  let known: { readonly revision: number; readonly isSetUp: Promise<boolean> } | null = null

  const shownTo = (principal: Principal): Omit<BrowserSession, 'cookie'> => ({
    view: directory.as(principal),
    usage: async () => (principal.userId === null ? { total: 0, today: 0 } : usage.of(principal.userId, now())),
  })
  const given = ({ principal, secret, expiresAt }: OpenedSession, { origin }: PublicCall): BrowserSession => ({
    ...shownTo(principal),
    cookie: cookieOf(secret, Math.max(0, Math.floor((Date.parse(expiresAt) - now()) / 1000)), origin),
  })

  const brought = async ({ header, origin }: PublicCall): Promise<Principal | null> => {
    const session = sessionIn(header('cookie') ?? '', origin)
    if (session === undefined) return null
    return directory.principal({ session }).catch((error: unknown) => {
      if (error instanceof DirectoryError && error.code === 'unauthenticated') return null
      throw error
    })
  }

  // A browser has one session: the one it brings is over when it gets another.
  const endBrought = async (call: PublicCall): Promise<void> => {
    const principal = await brought(call).catch(() => null)
    if (principal) await directory.as(principal).endOwnSession()
  }

  return {
    async open(call, credentials) {
      assertNoOtherSite(call.header, call.origin)
      const shown = 'token' in credentials ? credentials.token : fold(credentials.identifier)
      const open = () => limits.open(shown, () => directory.openSession(credentials, call.header('user-agent')))
      // A token cannot be guessed; the address's limit is enough.
      const whose = 'token' in credentials ? null : { name: credentials.identifier, remoteAddress: call.remoteAddress }
      const opened = whose === null ? await open() : await limits.guess(whose, open)
      await endBrought(call)
      return given(opened, call)
    },
    async current(call) {
      const principal = await brought(call)
      return principal && shownTo(principal)
    },
    // Anybody may ask, and there may be many who can sign in: looked at once for each revision, however many ask meanwhile.
    async isSetUp() {
      const revision = await directory.revision()
      if (known?.revision === revision) return known.isSetUp
      const asked = { revision, isSetUp: directory.isSetUp() }
      known = asked
      asked.isSetUp.catch(() => {
        if (known === asked) known = null
      })
      return asked.isSetUp
    },
    async setUp(call, draft) {
      assertNoOtherSite(call.header, call.origin)
      const opened = await directory.setUp(draft, call.header('user-agent'))
      await endBrought(call)
      return given(opened, call)
    },
    changePassword({ view, principal, remoteAddress }, current, next) {
      const whose = { name: `user ${principal.userId ?? ''}`, remoteAddress }
      return limits.guess(
        whose,
        () => view.changePassword(current, next),
        ({ where }) => where.name === 'current',
      )
    },
    forgetting: ({ origin }) => noCookie(origin),
  }
}
