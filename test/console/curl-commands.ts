import type { HttpRequest } from '../../console/src/reference/curl/request.ts'

/** A command that people paste, and the request that curl makes of it (its own Accept, Host and User-Agent left out). */
export interface Command {
  readonly subject: string
  readonly line: string
  readonly request: HttpRequest
}

const URL_ = 'http://127.0.0.1:8080/users'
const FORM = ['Content-Type', 'application/x-www-form-urlencoded'] as const
const JSON_ = ['Content-Type', 'application/json'] as const

const get = (url: string, ...headers: HttpRequest['headers']): HttpRequest => ({
  method: 'GET',
  url,
  headers,
  body: null,
})
const post = (body: string, ...headers: HttpRequest['headers']): HttpRequest => ({
  method: 'POST',
  url: URL_,
  headers,
  body,
})

/** Commands of POSIX shells. */
export const COMMANDS: readonly Command[] = [
  { subject: 'an address alone', line: `curl ${URL_}`, request: get(URL_) },
  {
    subject: 'what the vendors print',
    line: `curl --location 'http://127.0.0.1:8080/api/p/v1/users/list' \\\n--header 'Authorization: Bearer eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ...'`,
    request: get('http://127.0.0.1:8080/api/p/v1/users/list', [
      'Authorization',
      'Bearer eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ...',
    ]),
  },
  {
    subject: 'options named by words, with the address among them',
    line: `curl --request GET \\\n  --url ${URL_} \\\n  --header 'Authorization: Bearer <token>'`,
    request: get(URL_, ['Authorization', 'Bearer <token>']),
  },
  {
    subject: 'double quotes with escapes and a body',
    line: `curl -X POST "${URL_}" \\\n  -H "Content-Type: application/json" \\\n  -d "{\\"a\\": \\"\\$5 \\\\\\\\ \\x\\"}"`,
    request: post('{"a": "$5 \\\\ \\x"}', JSON_),
  },
  {
    subject: 'a body without a type',
    line: `curl ${URL_} -d a=1 --data b=2`,
    request: post('a=1&b=2', FORM),
  },
  {
    subject: 'an empty body',
    line: `curl ${URL_} -d ''`,
    request: post('', FORM),
  },
  {
    subject: 'encoded pieces of a form',
    line: `curl ${URL_} --data-urlencode 'q=a b&c*ü' --data-urlencode '=x y' --data-urlencode plain~text`,
    request: post('q=a+b%26c%2A%C3%BC&x+y&plain~text', FORM),
  },
  {
    subject: 'pieces that go into the query',
    line: `curl -G '${URL_}?page=1' -d status=active --data-urlencode 'search=a b'`,
    request: get(`${URL_}?page=1&status=active&search=a+b`),
  },
  {
    subject: 'a query of its own',
    line: `curl '${URL_}' --url-query 'search=a b' --url-query '+raw=%20'`,
    request: get(`${URL_}?search=a+b&raw=%20`),
  },
  {
    subject: 'JSON in one option',
    line: `curl ${URL_} --json '{"a":' --json '1}'`,
    request: post('{"a":1}', JSON_, ['Accept', 'application/json']),
  },
  {
    subject: 'JSON with another type',
    line: `curl -X PATCH ${URL_} -H 'content-type: application/merge-patch+json' --json '{}'`,
    request: {
      ...post('{}', ['content-type', 'application/merge-patch+json'], ['Accept', 'application/json']),
      method: 'PATCH',
    },
  },
  {
    subject: 'a body that begins with @',
    line: `curl ${URL_} --data-raw '@ada'`,
    request: post('@ada', FORM),
  },
  {
    subject: 'letters that stand together',
    line: `curl -sSkLX PUT -HAccept:text/plain -da=1 ${URL_}`,
    request: { ...post('a=1', ['Accept', 'text/plain'], FORM), method: 'PUT' },
  },
  {
    subject: 'headers without a value, and ones that are not to be sent',
    line: `curl ${URL_} -H 'X-Empty;' -H 'Content-Type:' -d '{}'`,
    request: post('{}', ['X-Empty', '']),
  },
  {
    subject: 'credentials',
    line: `curl -u 'ada:pass:wörd' ${URL_}`,
    request: get(URL_, ['Authorization', 'Basic YWRhOnBhc3M6d8O2cmQ=']),
  },
  {
    subject: 'credentials in the address',
    line: `curl 'http://ada:p%40ss@127.0.0.1:8080/users#top'`,
    request: get(URL_, ['Authorization', 'Basic YWRhOnBAc3M=']),
  },
  {
    subject: 'a bearer token in an option',
    line: `curl --oauth2-bearer rc_1 ${URL_}`,
    request: get(URL_, ['Authorization', 'Bearer rc_1']),
  },
  {
    subject: 'agent, referrer, cookies',
    line: `curl ${URL_} -A 'me/1' -e http://a.example/ -b a=1 -b 'b=2; c=3'`,
    request: get(URL_, ['User-Agent', 'me/1'], ['Referer', 'http://a.example/'], ['Cookie', 'a=1;b=2; c=3']),
  },
  {
    subject: 'a request for the head',
    line: `curl -I ${URL_}`,
    request: { ...get(URL_), method: 'HEAD' },
  },
  {
    subject: 'brackets in the address',
    line: `curl -g '${URL_}?sort[]=firstname:desc&limit=2'`,
    request: get(`${URL_}?sort[]=firstname:desc&limit=2`),
  },
  {
    subject: 'quotes that stand in one word, and $’…’',
    line: `curl ${URL_} -d 'it'\\''s '"\\\${"'}'$'\\u00e9\\n\\'\\x41\\xc3\\xa9\\101\\t' -H Content-Type:text/plain`,
    request: post(`it's \${}é\n'AéA\t`, ['Content-Type', 'text/plain']),
  },
  {
    subject: 'every escape of $’…’',
    line: `curl ${URL_} -H Content-Type:text/plain -d $'\\a\\b\\e\\E\\f\\n\\r\\t\\v\\\\\\'\\"\\?\\ca\\x7e\\176\\u20ac\\U0001F600\\q'`,
    request: post('\u0007\b\u001b\u001b\f\n\r\t\v\\\'"?\u0001~~€😀\\q', ['Content-Type', 'text/plain']),
  },
]

/** Commands that POSIX shells and curl do not take as they are, and this page does. */
export const FORGIVEN: readonly Command[] = [
  {
    subject: 'a value after an equals sign',
    line: `curl --request=DELETE --url=${URL_}`,
    request: { ...get(URL_), method: 'DELETE' },
  },
  {
    subject: 'a prompt and comments before it',
    line: `# all of them\n$ curl ${URL_} # here`,
    request: get(URL_),
  },
  {
    subject: 'lines that lost their backslashes',
    line: `curl ${URL_}\n  -H 'Accept: a/b'\n\n`,
    request: get(URL_, ['Accept', 'a/b']),
  },
  {
    subject: 'a page that lost its newlines',
    line: `curl -X POST "${URL_}" \\  -H "Content-Type: application/json" \\ \n  -d '{}'`,
    request: post('{}', JSON_),
  },
  {
    subject: 'an address without a host',
    line: `curl /users?page=2`,
    request: get('/users?page=2'),
  },
  {
    subject: 'a variable of the shell',
    line: `curl "$URL/users" -H "Authorization: Bearer \${TOKEN}"`,
    request: get('$URL/users', ['Authorization', 'Bearer ${TOKEN}']),
  },
  {
    subject: 'lines of PowerShell',
    line: 'curl.exe -X DELETE `\r\n  "http://127.0.0.1:8080/users"',
    request: { ...get(URL_), method: 'DELETE' },
  },
  {
    subject: 'what browsers copy for the command prompt',
    line: `curl ^"${URL_}?a=1^&b=^%^2F^" ^\r\n  -H ^"content-type: application/json^" ^\r\n  --data-raw ^"^{^\\^"a^\\^":^\\^"x^^y^\n\nz^\\^"^}^"`,
    request: {
      ...post('{"a":"x^y\nz"}', ['content-type', 'application/json']),
      url: `${URL_}?a=1&b=%2F`,
    },
  },
  {
    subject: 'what browsers copied for the command prompt before',
    line: `curl "${URL_}" ^\n  -H "content-type: application/json" ^\n  --data-binary "{\\"a\\":\\"C:\\\\dir\\\\\\\\\\",\\"bc\\":\\"\\"}" --compressed`,
    request: post('{"a":"C:\\\\dir\\\\","bc":""}', ['content-type', 'application/json']),
  },
]
