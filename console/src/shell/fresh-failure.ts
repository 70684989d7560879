/** What a cache of queries or mutations tells of a change, as far as it is looked at. */
interface CacheEvent {
  readonly type: string
  readonly action?: { readonly type: string; readonly error?: unknown }
}

/**
 * The error of a request that has failed just now, also where it is tried again; undefined for any other event. An answer
 * keeps its last error until the next one comes: whoever looked at that would see it again while it is being asked anew.
 */
export function freshFailure({ type, action }: CacheEvent): unknown {
  if (type !== 'updated' || action === undefined) return undefined
  return action.type === 'error' || action.type === 'failed' ? action.error : undefined
}
