import { directory, hasStatus } from '../directory/client.ts'
import { forgetReader } from '../directory/known-reader.ts'
import { errorText } from '../text/error-text.ts'
import { notify } from '../widgets/notices.tsx'

/** Ends the session and leaves. The page is loaded anew, so that nothing of what was read stays in memory. */
export async function signOut(): Promise<void> {
  try {
    await directory.session.end()
  } catch (error) {
    // Without a session there is nothing to end.
    if (!hasStatus(error, 401)) {
      notify(`You are still signed in: ${errorText(error)}`, { tone: 'danger' })
      return
    }
  }
  forgetReader()
  location.assign('/console/sign-in')
}
