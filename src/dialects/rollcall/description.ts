import type { Where } from '../../core/error.ts'
import type { ParameterDescription, Refusal } from '../operation.ts'

/** What every answer of `/v1` is, but for errors. */
export const JSON_TYPE = 'application/json'

const UUID_SCHEMA = { type: 'string', format: 'uuid' }
const EXAMPLE_ID = '5ec2c050-7aa8-48b4-98d7-7c972dfabf6f'

/** The parameters a path of `/v1` can have, by name. */
export const PATH_PARAMETERS: Readonly<Record<string, ParameterDescription>> = {
  id: {
    name: 'id',
    in: 'path',
    required: true,
    description: 'A UUID.',
    schema: UUID_SCHEMA,
    example: EXAMPLE_ID,
  },
  customerId: {
    name: 'customerId',
    in: 'path',
    required: true,
    description: 'The number of a customer.',
    schema: { type: 'integer', minimum: 1 },
    example: 1234,
  },
}

/** The header that makes a create safe to repeat. */
export const IDEMPOTENCY_KEY: ParameterDescription = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'A string of the caller’s own: sent again with the same request, it gets the first answer again.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
}

/** The header that makes a write conditional. */
export const IF_MATCH: ParameterDescription = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The ETag of the version that is to be changed; another one is refused with 412. * is any version.',
  schema: { type: 'string' },
  example: '"4"',
}

/** The header that asks for no older state than one that was seen before. */
export const IF_MIN_REVISION: ParameterDescription = {
  name: 'If-Min-Revision',
  in: 'header',
  required: false,
  description:
    'A revision from an earlier answer: this one shows it or a later one, also where it comes from a read replica. One that the directory has not reached is refused with 412.',
  schema: { type: 'integer', minimum: 0 },
  example: 42,
}

/** What a read refuses a revision with that there is not yet. */
export const NOT_YET: Refusal = {
  code: 'precondition_failed',
  example: 'The directory is at revision 41, and If-Min-Revision wants 42 or later.',
  where: { in: 'header', name: 'If-Min-Revision', allowed: 'at most 41' },
}

/** What is refused in the session of a browser, where another site may have asked for it. */
export const CROSS_SITE: Refusal = {
  code: 'forbidden',
  reason: 'cross_site',
  example:
    'A session changes things only for pages of this server, which send X-Rollcall-Console: 1; elsewhere use a token.',
}

/** What an operation that answers in a media type refuses an Accept header with. */
export function notAcceptable(mediaType: string): Refusal {
  return {
    code: 'invalid',
    reason: 'not_acceptable',
    example: `Answers come as ${mediaType} only.`,
    where: { in: 'header', name: 'Accept', allowed: [mediaType] },
  }
}

/** The refusals of an operation that takes a JSON body; `member` and `example` are what it would say of a wrong one. */
export function bodyRefusals(example: string, where: Where): readonly Refusal[] {
  return [
    {
      code: 'invalid',
      reason: 'syntax',
      example: 'The body is not well-formed JSON (at offset 17).',
      where: { in: 'body', allowed: 'one JSON value' },
    },
    { code: 'invalid', reason: 'type', example, where: { in: 'body', ...where } },
    {
      code: 'invalid',
      reason: 'media_type',
      example: `Content-Type must be ${JSON_TYPE}.`,
      where: { in: 'header', name: 'Content-Type', allowed: [JSON_TYPE] },
    },
    { code: 'too_large', reason: 'body', example: 'The body must have at most 1048576 bytes.', where: { in: 'body' } },
  ]
}

/** What a write of something without an ETag refuses every condition with. */
export const UNTAGGED: Refusal = {
  code: 'precondition_failed',
  example: 'This has no ETag that If-Match could name.',
  where: { in: 'header', name: 'If-Match', allowed: '*' },
}

/** What a conditional write refuses with when it comes too late. */
export const CHANGED: Refusal = {
  code: 'precondition_failed',
  example: 'It has changed since: its revision is 5, not 4.',
  where: { in: 'header', name: 'If-Match' },
}
