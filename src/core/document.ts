import type { User } from './user.ts'

/** The fields of a user as they are written out, in order; the ones only `users:read-metadata` reads come last. */
export const DOCUMENT_FIELDS = [
  'id', 'number', 'customerId', 'identifier', 'givenName', 'familyName', 'fullName', 'displayName', 'email', 'phones',
  'language', 'country', 'timeZone', 'description', 'userType', 'role', 'permissions', 'group', 'status',
  'statusReason', 'message', 'tags', 'deviceId', 'adminDevices', 'validFrom', 'expiresAt', 'lastLoginAt', 'picture',
  'primaryIdentity', 'externalId', 'attributes', 'createdAt', 'updatedAt', 'revision', 'createdBy', 'updatedBy',
] as const satisfies readonly (keyof User)[] // prettier-ignore

/**
 * The canonical JSON of a user, in two pieces so that a store can keep both and leave the second out: `open` ends
 * before the closing brace, `metadata` begins with a comma and ends before it too.
 */
export function encodeUser(user: User): { readonly open: string; readonly metadata: string } {
  return {
    open: JSON.stringify(openPart(user)).slice(0, -1),
    metadata: `,"createdBy":${JSON.stringify(user.createdBy)},"updatedBy":${JSON.stringify(user.updatedBy)}`,
  }
}

// Name by name: an object that is put together from a list of names takes almost three times as long to make and to write out.
// prettier-ignore
function openPart({
  id, number, customerId, identifier, givenName, familyName, fullName, displayName, email, phones, language, country,
  timeZone, description, userType, role, permissions, group, status, statusReason, message, tags, deviceId, adminDevices,
  validFrom, expiresAt, lastLoginAt, picture, primaryIdentity, externalId, attributes, createdAt, updatedAt, revision,
}: User): Omit<User, 'createdBy' | 'updatedBy'> {
  return {
    id, number, customerId, identifier, givenName, familyName, fullName, displayName, email, phones, language, country,
    timeZone, description, userType, role, permissions, group, status, statusReason, message, tags, deviceId, adminDevices,
    validFrom, expiresAt, lastLoginAt, picture, primaryIdentity, externalId, attributes, createdAt, updatedAt, revision,
  }
}

/** The user whose two pieces these are. */
export function decodeUser(open: string, metadata: string): User {
  return JSON.parse(`${open}${metadata}}`) as User
}
