import type { View } from '../../core/directory.ts'
import type { Instant } from '../../core/user.ts'

/** A link to the console that makes an administrator, once; its secret is in the part that browsers send nowhere. */
export async function setUpLink(
  view: View,
  address: string,
): Promise<{ readonly url: string; readonly expiresAt: Instant }> {
  const { secret, expiresAt } = await view.issueSetUpLink()
  return { url: `${address.replace(/\/$/, '')}/console/setup#${secret}`, expiresAt }
}
