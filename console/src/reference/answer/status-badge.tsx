import { Badge } from '../../widgets/badge.tsx'

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

/** A status with its name (RFC 9110 §15, RFC 6585). */
export function statusName(status: number): string {
  return `${status} ${REASONS[status] ?? ''}`.trim()
}

/** A status with its name, in the colour of its class. */
export function StatusBadge({ status }: { readonly status: number }) {
  const tone = status < 300 ? 'good' : status < 400 ? 'accent' : status < 500 ? 'warning' : 'danger'
  return <Badge tone={tone}>{statusName(status)}</Badge>
}
