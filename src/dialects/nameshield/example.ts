import type { WireUser } from './user.ts'

const administrator = { id: '7a1506b9-9ce4-43f9-a6f0-e94ef4252277', firstname: 'Company', lastname: 'Administrator' }

/** The users of the page's example answer. */
export const EXAMPLE_USERS: readonly [WireUser, WireUser] = [
  {
    id: '5ec2c050-7aa8-48b4-98d7-7c972dfabf6f',
    firstname: 'Jane',
    lastname: 'Doe',
    email: 'jane.doe@company.fr',
    language: 'fr',
    phone: '+33612345679',
    customer_id: 1234,
    expires_at: '2050-12-25T00:00:00+01:00',
    last_login_at: null,
    created_at: '2023-01-01T00:00:00+01:00',
    created_by: administrator,
    updated_at: '2023-01-01T00:00:00+01:00',
    updated_by: administrator,
  },
  {
    id: 'c0b48140-34cb-4187-acd7-aaa830dc97f9',
    firstname: 'John',
    lastname: 'Doe',
    email: 'john.doe@company.com',
    language: 'fr',
    phone: '+33612345678',
    customer_id: 1234,
    expires_at: '2050-12-25T12:00:00+01:00',
    last_login_at: null,
    created_at: '2023-01-01T00:00:00+01:00',
    created_by: administrator,
    updated_at: '2023-01-01T00:00:00+01:00',
    updated_by: administrator,
  },
]

/** The answer to the page's example request, `?sort[]=firstname:desc&limit=2&offset=2`. */
export const EXAMPLE_LIST = {
  message: 'OK',
  data: {
    total: 9,
    include_subsidiaries: true,
    limit: 2,
    offset: 2,
    sort: ['firstname:desc'],
    results: EXAMPLE_USERS,
  },
}
