/** What an option of curl means here. */
export type Meaning =
  | 'method'
  | 'header'
  | 'data'
  | 'raw-data'
  | 'encoded-data'
  | 'json'
  | 'get'
  | 'head'
  | 'user'
  | 'bearer'
  | 'agent'
  | 'referer'
  | 'cookie'
  | 'range'
  | 'url'
  | 'url-query'
  | 'ignored'
  | 'refused'

/** An option of curl, and what becomes of it here. */
export interface CurlOption {
  /** Without the dashes. */
  readonly name: string
  readonly meaning: Meaning
  readonly takesValue: boolean
  /** Why it is refused. */
  readonly reason: string
}

// Names as `long` or `long:letter`.
const MEANT: readonly (readonly [names: string, meaning: Meaning])[] = [
  ['request:X', 'method'],
  ['header:H', 'header'],
  ['data:d data-ascii data-binary', 'data'],
  ['data-raw', 'raw-data'],
  ['data-urlencode', 'encoded-data'],
  ['json', 'json'],
  ['user:u', 'user'],
  ['oauth2-bearer', 'bearer'],
  ['user-agent:A', 'agent'],
  ['referer:e', 'referer'],
  ['cookie:b', 'cookie'],
  ['range:r', 'range'],
  ['url', 'url'],
  ['url-query', 'url-query'],
]

const FLAGS: readonly (readonly [names: string, meaning: Meaning])[] = [
  ['get:G', 'get'],
  ['head:I', 'head'],
]

// They change how a request is made or what is done with the answer, but not what is asked.
const IGNORED_FLAGS = `silent:s show-error:S insecure:k location:L location-trusted include:i show-headers verbose:v fail:f
  fail-with-body fail-early globoff:g buffer no-buffer:N remote-name:O remote-name-all remote-header-name:J remote-time:R
  remove-on-error create-dirs clobber progress-bar:# progress-meter styled-output compressed compressed-ssh tr-encoding raw
  http0.9 http1.0:0 http1.1 http2 http2-prior-knowledge http3 http3-only tlsv1:1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 sslv2:2
  sslv3:3 ssl ssl-reqd ssl-no-revoke ssl-revoke-best-effort ssl-allow-beast ipv4:4 ipv6:6 path-as-is post301 post302 post303
  tcp-nodelay tcp-fastopen keepalive retry-all-errors retry-connrefused trace-time trace-ids disable:q basic anyauth ca-native
  proxy-insecure proxytunnel:p junk-session-cookies:j sessionid disallow-username-in-url xattr alpn suppress-connect-headers
  ignore-content-length haproxy-protocol parallel:Z parallel-immediate skip-existing doh-insecure use-ascii:B`

const IGNORED_VALUES = `output:o output-dir write-out:w dump-header:D cookie-jar:c stderr trace trace-ascii trace-config libcurl
  connect-timeout max-time:m retry retry-delay retry-max-time max-redirs max-filesize limit-rate rate speed-limit:Y speed-time:y
  keepalive-time keepalive-cnt expect100-timeout happy-eyeballs-timeout-ms proxy:x preproxy proxy-user:U proxy-header noproxy
  socks4 socks4a socks5 socks5-hostname cacert capath cert:E cert-type key key-type pass ciphers tls13-ciphers tls-max curves
  pinnedpubkey crlfile engine resolve connect-to interface dns-servers dns-interface doh-url local-port unix-socket
  abstract-unix-socket proto proto-default proto-redir hsts alt-svc create-file-mode etag-save parallel-max ip-tos vlan-priority`

const REFUSED: readonly (readonly [names: string, takesValue: boolean, reason: string])[] = [
  ['form:F form-string', true, 'No operation here takes a form of several parts (multipart/form-data).'],
  ['upload-file:T', true, 'curl would send a file, and this page cannot read it. Paste its text after --data-raw.'],
  ['config:K', true, 'curl would read more options from a file, and this page cannot.'],
  ['netrc-file', true, 'curl would read credentials from a file, and this page cannot. Put them in a header.'],
  ['netrc:n netrc-optional', false, 'curl would read credentials from a file, and this page cannot. Use a header.'],
  ['next::', false, 'A second request begins here. Paste one at a time.'],
  ['digest ntlm negotiate', false, 'Rollcall takes bearer tokens; it does not know this way to sign in.'],
  ['aws-sigv4 delegation login-options', true, 'Rollcall takes bearer tokens; it does not know this way to sign in.'],
  ['request-target', true, 'The path is taken from the URL.'],
  ['variable', true, 'Put the value in where the variable stands.'],
  ['etag-compare', true, 'curl would read the tag from a file. Send it as the header If-None-Match.'],
  ['time-cond:z', true, 'Send the time as the header If-Modified-Since.'],
  ['continue-at:C', true, 'Answers here cannot be continued.'],
  ['help:h manual:M version:V', false, 'It asks curl about itself; no request is made.'],
]

const byName = new Map<string, CurlOption>()
const byLetter = new Map<string, CurlOption>()

function add(names: string, meaning: Meaning, takesValue: boolean, reason = ''): void {
  for (const written of names.split(/\s+/)) {
    const [name = '', letter] = /^([^:]+)(?::(.))?$/.exec(written)?.slice(1) ?? []
    const option: CurlOption = { name, meaning, takesValue, reason }
    byName.set(name, option)
    if (letter !== undefined) byLetter.set(letter, option)
  }
}

for (const [names, meaning] of MEANT) add(names, meaning, true)
for (const [names, meaning] of FLAGS) add(names, meaning, false)
for (const [names, takesValue, reason] of REFUSED) add(names, 'refused', takesValue, reason)
add(IGNORED_FLAGS, 'ignored', false)
add(IGNORED_VALUES, 'ignored', true)

/** The option `-x`. */
export function optionByLetter(letter: string): CurlOption | undefined {
  return byLetter.get(letter)
}

/** The option `--name`; `--no-name` is one that is ignored where the other is. */
export function optionByName(name: string): CurlOption | undefined {
  const known = byName.get(name)
  if (known || !name.startsWith('no-')) return known
  const negated = byName.get(name.slice(3))
  return negated?.meaning === 'ignored' && !negated.takesValue ? { ...negated, name } : undefined
}

/** Options one may have meant by a name there is not, at most three. */
export function similarOptions(name: string): readonly string[] {
  const start = name.slice(0, 3)
  const close = [...byName.keys()].filter((one) => one.startsWith(start) || (name.length > 3 && one.includes(name)))
  return close.toSorted((a, b) => Math.abs(a.length - name.length) - Math.abs(b.length - name.length)).slice(0, 3)
}
