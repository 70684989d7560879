import type { Person, View } from '../../core/directory.ts'
import { STATUSES, type Picture, type Status, type User, type UserType } from '../../core/user.ts'
import { displayId, type Ids } from './id.ts'

/** `unassigned` is DevRev's too; Rollcall has no status of that meaning and never sends it. */
export const STATES = ['active', 'deactivated', 'deleted', 'locked', 'shadow', 'unassigned'] as const

const STATE = {
  active: 'active',
  risky: 'active',
  onboarding: 'shadow',
  inactive: 'deactivated',
  suspended: 'deactivated',
  locked: 'locked',
  deleted: 'deleted',
} as const satisfies Record<Status, (typeof STATES)[number]>

/** The statuses behind each state, in the order of the states. */
export const STATE_RANKS: readonly (readonly Status[])[] = STATES.map((state) =>
  STATUSES.filter((status) => STATE[status] === state),
)

const SUMMARY_TYPE = {
  admin: 'dev_user',
  user: 'dev_user',
  client: 'rev_user',
} as const satisfies Record<UserType, string>

/** Everybody a page of users speaks of besides these users. */
interface People {
  readonly authors: ReadonlyMap<string, Person>
  readonly identities: ReadonlyMap<string, User>
}

/** The people these users name, as far as the caller may know them. */
export async function peopleOf(users: readonly User[], view: View): Promise<People> {
  const [authors, identities] = await Promise.all([
    view.authors(users.flatMap((user) => [user.createdBy, user.updatedBy])),
    view.usersById(users.map((user) => user.primaryIdentity)),
  ])
  return { authors, identities }
}

/** A user as `sys_user`, members in the order of the published page. Absent values are undefined, so never written. */
export function renderUser(user: User, { authors, identities }: People, ids: Ids) {
  const identity = identities.get(user.primaryIdentity ?? '')
  return {
    created_by: renderAuthor(authors.get(user.createdBy ?? ''), ids),
    created_date: user.createdAt,
    display_id: displayId(user.number),
    id: ids.user(user.number),
    modified_by: renderAuthor(authors.get(user.updatedBy ?? ''), ids),
    modified_date: user.updatedAt,
    display_name: user.displayName ?? undefined,
    display_picture: renderPicture(user.picture),
    email: user.email ?? undefined,
    full_name: user.fullName,
    phone_numbers: user.phones,
    primary_identity: identity && renderSummary(identity, identity, ids),
    state: STATE[user.status],
  }
}

function renderAuthor(person: Person | undefined, ids: Ids) {
  return person && renderSummary(person, person.user, ids)
}

type Named = Pick<Person, 'number' | 'userType' | 'displayName' | 'fullName'>

// Of somebody the caller may not see as a user there is no more than the name.
function renderSummary(person: Named, user: User | null, ids: Ids) {
  return {
    type: SUMMARY_TYPE[person.userType],
    display_id: displayId(person.number),
    id: ids.user(person.number),
    display_name: person.displayName ?? undefined,
    display_picture: renderPicture(user?.picture ?? null),
    email: user?.email ?? undefined,
    full_name: person.fullName,
    state: user ? STATE[user.status] : undefined,
  }
}

function renderPicture(picture: Picture | null) {
  if (picture === null) return undefined
  return {
    display_id: picture.displayId ?? undefined,
    id: picture.id,
    file: { type: picture.mediaType, name: picture.name, size: picture.sizeBytes },
  }
}
