import type { DialectDocument } from '../document/document.ts'
import { HowToAuthorise } from '../panels/how-to-authorise.tsx'
import { Link } from '../shell/link.tsx'
import { Method } from '../shell/method.tsx'
import { Prose } from '../shell/prose.tsx'
import css from './pages.module.css'
import { useTitle } from './title.ts'

/** One dialect: its operations, and how to authorise. */
export function DialectPage({ document }: { readonly document: DialectDocument }) {
  const { name, title, version, description, operations } = document
  useTitle(title)
  return (
    <div className={css.page}>
      <h1>{title}</h1>
      <p className={css.lead}>
        {operations.length} operations. OpenAPI 3.1: <a href={`/openapi/${name}.json`}>/openapi/{name}.json</a>, version{' '}
        {version}.
      </p>
      <Prose text={description} className={css.lead} />
      {[...Map.groupBy(operations, ({ group }) => group)].map(([group, some]) => (
        <section key={group} aria-label={group} className={css.group}>
          <h2>{group}</h2>
          <ul>
            {some.map(({ id, method, path, summary }) => (
              <li key={id} className={css.operation}>
                <Method method={method} />
                <Link to={{ dialect: name, operationId: id }}>{summary}</Link>
                <code>{path}</code>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <section aria-labelledby="authorise" className={css.group}>
        <h2 id="authorise">Authorising</h2>
        <HowToAuthorise document={document} />
      </section>
    </div>
  )
}
