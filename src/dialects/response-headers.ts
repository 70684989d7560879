/** Headers of successful answers that say what no body does, as documents describe them. */
export const RESPONSE_HEADERS = {
  ETag: {
    description:
      'Names what was answered (RFC 9110 §8.8.3): in If-None-Match it gets 304 as long as nothing has changed.',
    example: '"57"',
  },
  Link: {
    description: 'The pages around this one (RFC 8288): first, prev, next and last, as far as they exist.',
    example: '<https://directory.example.com/v1/users?limit=100>; rel="first"',
  },
  Location: {
    description: 'Where that which was created is found.',
    example: 'https://directory.example.com/v1/users/5ec2c050-7aa8-48b4-98d7-7c972dfabf6f',
  },
  'X-Total-Count': { description: 'How many match in all.', example: '42' },
} as const

/** One of them. */
export type ResponseHeader = keyof typeof RESPONSE_HEADERS
