import type { DirectoryError, ErrorCode } from '../../core/error.ts'
import type { Answer, ErrorContext } from '../dialect.ts'
import { statusOf } from '../status.ts'
import { VERSION_HEADER } from './version.ts'

/** A refusal as `{detail?, message, type, …}` with the members that its type has besides. */
export function renderError(error: DirectoryError, context: ErrorContext): Answer {
  return {
    // A body that is not JSON is one more bad request here.
    status: error.reason === 'media_type' ? 400 : statusOf(error),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(error.reason === 'route' ? { message: 'route not found' } : membersOf(error, context)),
  }
}

type Members = Readonly<Record<string, unknown>>

function membersOf(error: DirectoryError, context: ErrorContext): Members {
  const allowed = error.reason === 'method' ? context.allow : error.where.allowed
  const detail = allowed?.length ? `Allowed: ${typeof allowed === 'string' ? allowed : allowed.join(', ')}.` : undefined
  return { detail, message: error.message, ...TYPED[error.code](error, context) }
}

type Typed = { readonly type: string } & Members

const TYPED: Readonly<Record<ErrorCode, (error: DirectoryError, context: ErrorContext) => Typed>> = {
  invalid: typedInvalid,
  unauthenticated: ({ reason }) => ({
    type:
      reason === 'expired_token' ? 'token_expired' : reason === 'revoked_token' ? 'token_revoked' : 'unauthenticated',
  }),
  forbidden: () => ({ type: 'forbidden' }),
  not_found: () => ({ type: 'not_found' }),
  conflict: () => ({ type: 'conflict' }),
  precondition_failed: () => ({ type: 'conflict' }),
  too_large: () => ({ type: 'request_entity_too_large' }),
  too_many_requests: ({ retryAfterS }) => ({ type: 'too_many_requests', retry_after: retryAfterS }),
  unavailable: () => ({ type: 'service_unavailable' }),
  internal: (_, { requestId }) => ({ type: 'internal_error', reference_id: requestId }),
}

function typedInvalid({ reason, where }: DirectoryError): Typed {
  // A header is no field; the types for fields are none for it.
  if (where.in === 'header' && reason !== 'media_type' && where.name !== VERSION_HEADER) return { type: 'bad_request' }
  // What lies in no field lies in the whole: `body` or `query`.
  const field_name = WIRE_NAMES.get(where.name) ?? where.name ?? where.in ?? 'body'
  switch (reason) {
    case 'syntax':
      return { type: where.in === 'body' ? 'parse_error' : 'bad_request' }
    case 'unknown':
    case 'cursor':
      return { type: 'invalid_field', field_name }
    case 'missing':
      return { type: 'missing_required_field', field_name }
    case 'format':
      return { type: 'invalid_id', field_name }
    case 'media_type':
      return { type: 'invalid_content_type', value: where.value ?? '' }
    case 'method':
      return { type: 'method_not_allowed' }
    case 'type': {
      const [actual, expected] = [jsonType(where.actual), jsonType(where.expected)]
      // A fraction has the right JSON type; it is the value that is wrong.
      if (actual === expected) return { type: 'value_not_permitted', field_name }
      return { type: 'unexpected_json_type', field_name, actual, expected }
    }
    case 'value':
      if (where.name === VERSION_HEADER) return { type: 'invalid_api_version', value: where.value }
      return { type: 'invalid_enum_value', field_name, value: where.value, allowed_values: where.allowed }
    case 'range':
    case 'text':
      return { type: 'value_not_permitted', field_name }
    default:
      return { type: 'bad_request' }
  }
}

// The core names its own fields where it refuses what an update sets.
const WIRE_NAMES: ReadonlyMap<string | undefined, string> = new Map([
  ['displayName', 'display_name'],
  ['fullName', 'full_name'],
])

// DevRev's words for the JSON types.
function jsonType(type: string | undefined): string | undefined {
  return type === 'integer' ? 'number' : type === 'boolean' ? 'bool' : type
}
