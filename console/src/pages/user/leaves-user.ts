import type { Place } from '../../widgets/drafts.tsx'

/** Whether going to another address leaves what is shown of a user. The list beside it may be searched and sorted as one likes. */
export function leavesUser(here: Place, there: Place): boolean {
  return here.pathname !== there.pathname || ['user', 'tab'].some((name) => here.search[name] !== there.search[name])
}
