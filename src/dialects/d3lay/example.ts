import type { WireUser } from './user.ts'

const CREATOR = '98d91cd7-860d-4869-937a-5af32eff2f4a'

/** The users of the page's example answer. */
export const EXAMPLE_USERS: readonly [WireUser, WireUser] = [
  {
    id: 'd4add56e-c345-4ac9-b392-7a890a60559a',
    identifier: 'ben',
    name: 'Benjamin Zhang',
    email: 'ben@example.com',
    user_type: 'saas_admin',
    status: 'active',
    created_at: '2023-05-06T00:00:00Z',
    updated_at: '2023-05-06T00:00:00Z',
    created_by: CREATOR,
    updated_by: CREATOR,
  },
  {
    id: 'e513d2c8-319e-4bc3-898b-3933ab39b452',
    identifier: 'john',
    name: 'John Jiang',
    email: 'john@example.com',
    user_type: 'saas_user',
    status: 'onboarding',
    created_at: '2023-05-06T00:00:00Z',
    updated_at: '2023-05-06T00:00:00Z',
    created_by: CREATOR,
    updated_by: CREATOR,
  },
]
