import { parseCurl, type Unsaid } from '../curl/parse.ts'
import type { DialectDocument, Operation } from '../document/document.ts'
import { applyRequest, type Authorization } from './apply.ts'
import type { Form } from './form.ts'
import { matchRequest } from './match.ts'

/** What comes of a command line that was typed or pasted for an operation. */
export type Followed =
  | Unsaid
  | (Filled & { readonly isUnderstood: true; readonly where: 'here' | 'elsewhere' })
  | { readonly isUnderstood: true; readonly where: 'nowhere'; readonly message: string }

interface Filled {
  readonly operation: Operation
  readonly form: Form
  readonly authorization: Authorization
  /** The server that it names, where that is another one. */
  readonly otherServer: string | null
  /** What in it has no effect, in sentences. */
  readonly notes: readonly string[]
}

interface At {
  readonly operation: Operation
  readonly documents: readonly DialectDocument[]
  readonly server: string
  /** What is filled in so far, for each operation. */
  readonly formOf: (operation: Operation) => Form
}

/** Reads a command line and finds whose request it is: of the operation at hand, of another one, or of none. */
export function followCurl(line: string, { operation, documents, server, formOf }: At): Followed {
  const reading = parseCurl(line)
  if (!reading.isUnderstood) return reading
  const { request, ignored, variables, leftOut } = reading
  const own = documents.find(({ name }) => name === operation.dialect)
  const others = documents.filter((document) => document !== own)
  const all = [operation, ...[own, ...others].flatMap((document) => document?.operations ?? [])]
  const match = matchRequest(request, all, server)
  if (!match.operation) {
    const { path, methods } = match
    const message =
      methods.length === 0
        ? `${path} is no path of Rollcall.`
        : `There is no ${request.method} ${path}: the path takes ${methods.join(', ')}.`
    return { isUnderstood: true, where: 'nowhere', message }
  }
  const found = match.operation
  const takesBareTokens = documents.find(({ name }) => name === found.dialect)?.takesBareTokens ?? false
  const { form, authorization } = applyRequest(formOf(found), request, match, takesBareTokens)
  const isPlaced = authorization.kind === 'placeholder'
  const unknown = variables.filter((name) => !isPlaced || !/token|key|secret/i.test(name))
  return {
    isUnderstood: true,
    where: found.dialect === operation.dialect && found.id === operation.id ? 'here' : 'elsewhere',
    operation: found,
    form,
    authorization,
    otherServer: match.server !== null && match.server.toLowerCase() !== server.toLowerCase() ? match.server : null,
    notes: [
      ...(ignored.length === 0 ? [] : [`Without effect here: ${ignored.join(' ')}.`]),
      ...(unknown.length === 0
        ? []
        : [`Your shell’s variables are not known here: ${unknown.map((name) => `$${name}`).join(', ')}.`]),
      ...(leftOut === '' ? [] : [`Left out, since it is not part of the request: ${leftOut}`]),
    ],
  }
}
