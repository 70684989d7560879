/** The form in which a dialect says no. */
interface ErrorForm {
  readonly mediaType: string
  readonly isError: (body: Readonly<Record<string, unknown>>, status: number) => boolean
}

const JSON_TYPE = 'application/json'
const PROBLEM_TYPE = 'application/problem+json'

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''
const isProblem = (body: Readonly<Record<string, unknown>>, status: number): boolean =>
  isText(body['type']) && isText(body['title']) && body['status'] === status

const FORMS: Readonly<Record<string, ErrorForm>> = {
  alvys: {
    mediaType: PROBLEM_TYPE,
    isError: (body, status) => isProblem(body, status) && isText(body['traceId']),
  },
  nameshield: {
    mediaType: JSON_TYPE,
    isError({ message, errors }) {
      const faults = Array.isArray(errors) ? (errors as readonly Readonly<Record<string, unknown>>[]) : []
      return (
        isText(message) && faults.length > 0 && faults.every((one) => isText(one['code']) && isText(one['message']))
      )
    },
  },
  d3lay: { mediaType: JSON_TYPE, isError: ({ code, message }) => isText(code) && isText(message) },
  devrev: {
    mediaType: JSON_TYPE,
    isError: ({ type, message }, status) => isText(message) && (isText(type) || status === 404 || status === 405),
  },
  plaspy: { mediaType: JSON_TYPE, isError: ({ success, error }) => success === false && isText(error) },
  rollcall: { mediaType: PROBLEM_TYPE, isError: isProblem },
}

/** What is wrong with a refusal of a dialect; undefined when it has the dialect's form. */
export function errorFault(dialect: string, status: number, contentType: string, text: string): string | undefined {
  const form = FORMS[dialect]
  if (!form) return `no form of errors is known for ${dialect}`
  if (contentType.split(';')[0] !== form.mediaType) return `content type ${contentType}`
  try {
    const body = JSON.parse(text) as Readonly<Record<string, unknown>> | null
    return body !== null && form.isError(body, status) ? undefined : 'not the form of errors of this dialect'
  } catch {
    return 'not JSON'
  }
}
