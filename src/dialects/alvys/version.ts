import { DirectoryError } from '../../core/error.ts'
import type { PublicCall } from '../dialect.ts'
import { excerpt } from '../parameter.ts'

/** The header that names the version of the API on any call. */
export const VERSION_HEADER = 'api-version'
/** The versions that exist, as they stand in the path after its `v`. */
export const VERSIONS = ['1', '1.0'] as const

/**
 * Throws `not_found` unless the version asked for exists. The header wins over the path; where neither says one, as at
 * the token endpoint, any is meant.
 */
export function assertVersion({ header, pathParameters }: PublicCall): void {
  const sent = header(VERSION_HEADER)
  const version = sent === undefined ? pathParameters['version'] : sent.trim().replace(/^v/i, '')
  if (version === undefined || VERSIONS.some((known) => known === version)) return
  throw new DirectoryError('not_found', `There is no API version ${excerpt(sent ?? version)}. Use v1 or v1.0.`, {
    reason: 'route',
    where: { in: sent === undefined ? 'path' : 'header', name: VERSION_HEADER, allowed: ['v1', 'v1.0'] },
  })
}
