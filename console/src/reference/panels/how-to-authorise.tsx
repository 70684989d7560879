import type { DialectDocument, Operation } from '../document/document.ts'
import { Link } from '../shell/link.tsx'
import { Prose } from '../shell/prose.tsx'
import css from './panels.module.css'

/** The operations of a dialect that anyone may call to get a token. */
export function tokenOperations({ operations }: DialectDocument): readonly Operation[] {
  return operations.filter(
    ({ group, permission, method }) => group === 'Tokens' && permission === null && method === 'POST',
  )
}

/** How one comes by a token, and how this dialect wants it. */
export function HowToAuthorise({ document }: { readonly document: DialectDocument }) {
  return (
    <div className={css.words}>
      <Prose text={document.token} />
      <ul className={css.ways}>
        <li>
          Make one in the console: <a href="/console/tokens">tokens</a>.
        </li>
        <li>
          Or on the server: <code>rollcall token create --name reader --permissions users:read</code>
        </li>
        {tokenOperations(document).map(({ dialect, id, method, path, summary }) => (
          <li key={id}>
            As a client of {document.title} does:{' '}
            <Link to={{ dialect, operationId: id }}>
              {summary} ({method} {path})
            </Link>
            , then “Use this token from now on”.
          </li>
        ))}
        <li>
          Or <a href="/console">sign in to the console</a> and choose “My console session” here.
        </li>
      </ul>
    </div>
  )
}
