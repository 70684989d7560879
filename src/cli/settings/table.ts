import { DEFAULT_DIALECT_SETTINGS } from '../../dialects/settings.ts'
import { LOG_LEVELS } from '../../http/log.ts'
import { DEFAULT_SERVER_SETTINGS } from '../../http/settings.ts'
import { isAddressRange } from './address-range.ts'
import { boolean, choice, integer, list, nullable, text, type Kind } from './kind.ts'
import { isDatabaseUrl, isRedisUrl, masked, withoutPassword } from './url.ts'

/** One thing an operator may choose. */
export interface Setting<T> {
  /** The flag without dashes; the environment variable is the same in capitals after `ROLLCALL_`. Null: no flag. */
  readonly flag: string | null
  readonly environment: string
  /** The dotted path of the member in the configuration file. */
  readonly member: string
  /** What it does, for `--help`. */
  readonly about: string
  readonly otherwise: T
  readonly kind: Kind<T>
  /** Whether it may be given several times. */
  readonly repeated?: true
  /** Its value as it may be shown, for those that hold secrets; a wrong one is never repeated. */
  readonly mask?: (value: unknown) => unknown
}

function setting<T>(flag: string, member: string, kind: Kind<T>, otherwise: NoInfer<T>, about: string): Setting<T> {
  const environment = `ROLLCALL_${flag.replaceAll('-', '_').toUpperCase()}`
  return { flag, environment, member, about, otherwise, kind }
}

// What is given on a command line can be read by everybody on the machine.
function secret(member: string, kind: Kind<string | null>, about: string): Setting<string | null> {
  return {
    flag: null,
    environment: `ROLLCALL_${member.toUpperCase()}`,
    member,
    about,
    otherwise: null,
    kind,
    mask: masked,
  }
}

// What may hold a password, which the environment or the file can keep to themselves.
function address(flag: string, kind: Kind<string | null>, about: string): Setting<string | null> {
  const mask = (value: unknown) => (typeof value === 'string' ? withoutPassword(value) : value)
  return { ...setting(flag, flag, kind, null, about), mask }
}

const server = DEFAULT_SERVER_SETTINGS
const dialects = DEFAULT_DIALECT_SETTINGS
const KIB = 1024
const HOUR_MS = 3_600_000
const DATABASE_URL = 'a PostgreSQL URL such as postgres://rollcall@db.example.com/rollcall'
const SECRET_LENGTH_MIN = 32

/** Every setting there is. */
export const SETTINGS = {
  data: setting(
    'data',
    'data',
    text('a folder', isSaid),
    './rollcall-data',
    'The data folder; made where there is none.',
  ),
  database: address(
    'database',
    nullable(text(DATABASE_URL, isDatabaseUrl)),
    'The PostgreSQL database the directory is kept in, for several nodes, instead of the data folder.',
  ),
  replicas: {
    flag: 'replica',
    environment: 'ROLLCALL_REPLICAS',
    member: 'replicas',
    about: 'A read replica of the database; may be said again.',
    otherwise: [],
    kind: list(text(DATABASE_URL, isDatabaseUrl)),
    repeated: true,
    mask: (values) => (values as readonly string[]).map(withoutPassword),
  } satisfies Setting<readonly string[]>,
  redis: address(
    'redis',
    nullable(text('a Redis URL such as redis://127.0.0.1:6379', isRedisUrl)),
    'The Redis or Valkey server in which nodes share rate limits; in the database when not said.',
  ),
  secret: secret(
    'secret',
    nullable(text(`a text of at least ${SECRET_LENGTH_MIN} characters`, (value) => value.length >= SECRET_LENGTH_MIN)),
    'What the keys of cursors and signed tokens are sealed with; the same on every node.',
  ),
  host: setting('host', 'host', text('a host name or address', isSaid), server.host, 'The address to listen on.'),
  port: setting('port', 'port', integer(0, 65_535), server.port, 'The port to listen on; 0 takes any free one.'),
  publicUrl: setting(
    'public-url',
    'publicUrl',
    nullable(text('an http or https URL without a path, such as https://directory.example.com', isOrigin)),
    server.publicUrl,
    'What precedes paths in links, where the server stands behind a proxy.',
  ),
  trustedProxies: setting<readonly string[]>(
    'trusted-proxies',
    'trustedProxies',
    list(text('an address or a CIDR range such as 10.0.0.0/8', isAddressRange)),
    server.trustedProxies,
    'The proxies whose X-Forwarded-For, -Proto and -Host are believed, with commas between.',
  ),
  logLevel: setting('log-level', 'logLevel', choice(LOG_LEVELS), 'info', 'The least important events that are logged.'),
  rateLimits: setting(
    'rate-limits',
    'rateLimits.profile',
    choice(['default', 'vendor'] as const),
    server.rateLimits.profile,
    'One policy for every token, or what each vendor published for its API.',
  ),
  requestsPerMinute: setting(
    'requests-per-minute',
    'rateLimits.requestsPerMinute',
    integer(0, 1e9),
    server.rateLimits.requestsPerMinute,
    'Requests a token has in a minute by default; 0 sets no limit.',
  ),
  failuresPerMinute: setting(
    'failures-per-minute',
    'rateLimits.failuresPerMinute',
    integer(0, 1e9),
    server.rateLimits.failuresPerMinute,
    'Wrong credentials taken from one address in a minute; 0 sets no limit.',
  ),
  alvysFieldCase: setting(
    'alvys-field-case',
    'dialects.alvys.fieldCase',
    choice(['camel', 'pascal'] as const),
    dialects.alvys.fieldCase,
    'The letter case of members in the alvys dialect.',
  ),
  alvysDeletedUsers: setting(
    'alvys-deleted-users',
    'dialects.alvys.deletedUsers',
    choice(['left-out', 'listed'] as const),
    dialects.alvys.deletedUsers,
    'Whether the alvys dialect lists deleted users, with the status Deleted.',
  ),
  nameshieldTimeZone: setting(
    'nameshield-time-zone',
    'dialects.nameshield.timeZone',
    text('an IANA time zone such as Europe/Paris', isTimeZone),
    dialects.nameshield.timeZone,
    'The zone in whose offset the nameshield dialect writes dates.',
  ),
  devrevDonPrefix: setting(
    'devrev-don-prefix',
    'dialects.devrev.donPrefix',
    text('a prefix such as don:identity:dvrv-us-1:devo/acme', (value) => /^don:[\w:/.-]{1,200}[\w.-]$/.test(value)),
    dialects.devrev.donPrefix,
    'What precedes :sysu/<number> in ids of the devrev dialect.',
  ),
  bodyBytesMax: setting(
    'body-bytes-max',
    'limits.bodyBytesMax',
    integer(KIB, 1024 ** 3),
    server.bodyBytesMax,
    'The longest request body.',
  ),
  urlLengthMax: setting(
    'url-length-max',
    'limits.urlLengthMax',
    integer(256, KIB * KIB),
    server.urlLengthMax,
    'The longest path and query.',
  ),
  headBytesMax: setting(
    'head-bytes-max',
    'limits.headBytesMax',
    integer(KIB, KIB * KIB),
    server.headBytesMax,
    'The longest request head: path, query and headers together.',
  ),
  queryParametersMax: setting(
    'query-parameters-max',
    'limits.queryParametersMax',
    integer(1, 10_000),
    server.queryParametersMax,
    'The most parameters in one query.',
  ),
  inFlightMax: setting(
    'in-flight-max',
    'limits.inFlightMax',
    integer(1, 1e6),
    server.inFlightMax,
    'Requests worked on at once; one more is refused with 503.',
  ),
  answerCacheBytes: setting(
    'answer-cache-bytes',
    'limits.answerCacheBytes',
    integer(0, 64 * 1024 ** 3),
    server.answerCacheBytes,
    'Memory for answers that can be served again; 0 keeps none.',
  ),
  headTimeoutMs: setting(
    'head-timeout-ms',
    'timeouts.headMs',
    integer(100, HOUR_MS),
    server.timeouts.headMs,
    'How long the head of a request may take to arrive.',
  ),
  requestTimeoutMs: setting(
    'request-timeout-ms',
    'timeouts.requestMs',
    integer(100, HOUR_MS),
    server.timeouts.requestMs,
    'How long a whole request may take to arrive.',
  ),
  keepAliveMs: setting(
    'keep-alive-ms',
    'timeouts.keepAliveMs',
    integer(0, HOUR_MS),
    server.timeouts.keepAliveMs,
    'How long a connection may wait for its next request.',
  ),
  idleTimeoutMs: setting(
    'idle-timeout-ms',
    'timeouts.idleMs',
    integer(100, HOUR_MS),
    server.timeouts.idleMs,
    'How long nothing may move on a connection.',
  ),
  drainNoticeMs: setting(
    'drain-notice-ms',
    'timeouts.drainNoticeMs',
    integer(0, HOUR_MS),
    server.timeouts.drainNoticeMs,
    'How long a stopping server says that it is not ready before it takes no more.',
  ),
  drainMs: setting(
    'drain-ms',
    'timeouts.drainMs',
    integer(0, HOUR_MS),
    server.timeouts.drainMs,
    'How long requests may take to finish when the server stops.',
  ),
  countMs: setting(
    'count-ms',
    'timeouts.countMs',
    integer(50, HOUR_MS),
    server.timeouts.countMs,
    'How long a request waits to be counted with those of other nodes.',
  ),
  tokenLifetimeS: setting(
    'token-lifetime-s',
    'tokenLifetimeS',
    integer(1, 86_400),
    server.tokenLifetimeS,
    'How long a signed token works.',
  ),
  serverTiming: setting(
    'server-timing',
    'serverTiming',
    boolean,
    server.serverTiming,
    'Whether every answer says how long each stage took.',
  ),
  server: setting(
    'server',
    'server',
    nullable(text('an http or https URL without a path, such as http://127.0.0.1:8080', isOrigin)),
    null,
    'The running server that import, export and token talk to, instead of the data folder.',
  ),
  token: secret(
    'token',
    nullable(text('a token', isSaid)),
    'The token that import, export and token show to the server.',
  ),
} as const satisfies Readonly<Record<string, Setting<unknown>>>

export type SettingName = keyof typeof SETTINGS

function isSaid(value: string): boolean {
  return value.trim() !== '' && !value.includes('\0')
}

function isOrigin(value: string): boolean {
  const url = URL.parse(value)
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === value.replace(/\/$/, '')
}

function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
