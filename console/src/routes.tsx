import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { answers, hasStatus } from './directory/client.ts'
import { Frame } from './shell/frame.tsx'
import { meQuery } from './directory/me.ts'
import { UsersPage } from './pages/users/users-page.tsx'
import { NotFound } from './shell/not-found.tsx'
import { errorText } from './text/error-text.ts'
import { PageFault, RootFault } from './shell/page-fault.tsx'
import { ACCOUNT, placesOf } from './shell/places.ts'

/** The search part of an address as flat text, so that an address reads as it is meant: `?status=active&sort=familyName`. */
type Search = Readonly<Record<string, string>>

// The router would load the console anew by itself, which where the server cannot be reached would take it away.
function toldByPage(error: unknown): never {
  throw new Error(`A page of the console: ${errorText(error)}`, { cause: error })
}

const root = createRootRoute({ notFoundComponent: NotFound, errorComponent: RootFault })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./pages/sign-in/sign-in-page.tsx').catch(toldByPage), 'SignInPage'),
})
const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./pages/sign-in/set-up-page.tsx').catch(toldByPage), 'SetUpPage'),
})

/** Everything behind the sign-in: who is not signed in comes back to the same address afterwards. */
const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  component: Frame,
  beforeLoad: async ({ location }) => {
    try {
      await answers.query({ ...meQuery, staleTime: 'static' })
    } catch (error) {
      if (!hasStatus(error, 401)) throw error
      // The router's redirects are thrown, and are no errors.
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      throw redirect({ to: '/sign-in', search: { to: location.href } as never })
    }
  },
})

const home = createRoute({
  getParentRoute: () => frame,
  path: '/',
  beforeLoad: () => {
    // Known by now: whoever is not signed in has been sent to sign in.
    const [first = ACCOUNT] = placesOf(answers.getQueryData(meQuery.queryKey))
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw redirect({ to: first.to })
  },
})
// The page that nearly everybody opens comes with the first file; all others come when somebody goes there.
const users = createRoute({ getParentRoute: () => frame, path: '/users', component: UsersPage })
const user = createRoute({
  getParentRoute: () => frame,
  path: '/users/$id',
  component: lazyRouteComponent(() => import('./pages/user/user-page.tsx').catch(toldByPage), 'UserPage'),
})
const importUsers = createRoute({
  getParentRoute: () => frame,
  path: '/import',
  component: lazyRouteComponent(() => import('./pages/import/import-page.tsx').catch(toldByPage), 'ImportPage'),
})
const customers = createRoute({
  getParentRoute: () => frame,
  path: '/customers',
  component: lazyRouteComponent(
    () => import('./pages/customers/customers-page.tsx').catch(toldByPage),
    'CustomersPage',
  ),
})
const tokens = createRoute({
  getParentRoute: () => frame,
  path: '/tokens',
  component: lazyRouteComponent(() => import('./pages/tokens/tokens-page.tsx').catch(toldByPage), 'TokensPage'),
})
const activity = createRoute({
  getParentRoute: () => frame,
  path: '/activity',
  component: lazyRouteComponent(() => import('./pages/activity/activity-page.tsx').catch(toldByPage), 'ActivityPage'),
})
const settings = createRoute({
  getParentRoute: () => frame,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings/settings-page.tsx').catch(toldByPage), 'SettingsPage'),
})
const account = createRoute({
  getParentRoute: () => frame,
  path: '/account',
  component: lazyRouteComponent(() => import('./pages/account/account-page.tsx').catch(toldByPage), 'AccountPage'),
})

const inFrame = [home, users, user, importUsers, customers, tokens, activity, settings, account]

/** The addresses of the console, below `/console`, and what each shows. */
export const router = createRouter({
  routeTree: root.addChildren([signIn, setUp, frame.addChildren(inFrame)]),
  basepath: '/console',
  parseSearch: (text): Search => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const pairs = Object.entries(search as Partial<Search>).filter(
      (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '',
    )
    return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`
  },
  defaultErrorComponent: PageFault,
  defaultPreload: 'intent',
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
