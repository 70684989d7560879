import { RollcallFault } from '@rollcall/sdk'
import { directory } from '../directory/client.ts'
import { notify } from '../widgets/notices.tsx'

/** Ends the session and leaves. The page is loaded anew, so that nothing of what was read stays in memory. */
export async function signOut(): Promise<void> {
  try {
    await directory.session.end()
  } catch (error) {
    // Without a session there is nothing to end.
    if (!(error instanceof RollcallFault && error.status === 401)) {
      notify(`You are still signed in: ${error instanceof Error ? error.message : String(error)}`, { tone: 'danger' })
      return
    }
  }
  location.assign('/console/sign-in')
}
