import { startServer } from './server.ts'

/** The variable in which a run of tests says where its server is. */
export const SHARED_SERVER = 'ROLLCALL_TEST_SERVER'

let own: Promise<string> | undefined

/** The address of the server all test files share, as the superuser; a file that is run by itself starts its own. */
export function sharedServer(): Promise<string> {
  const shared = process.env[SHARED_SERVER]
  if (shared !== undefined) return Promise.resolve(shared)
  return (own ??= startServer().then(({ url }) => url))
}
