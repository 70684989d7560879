import { Skeleton } from '../../widgets/states.tsx'
import type { DialectDocument } from '../document/document.ts'
import { HowToAuthorise } from '../panels/how-to-authorise.tsx'
import { Link } from '../shell/link.tsx'
import css from './pages.module.css'
import { useTitle } from './title.ts'

interface OverviewProps {
  readonly names: readonly string[]
  readonly documents: readonly (DialectDocument | undefined)[]
}

/** All dialects, and how to begin. */
export function OverviewPage({ names, documents }: OverviewProps) {
  useTitle()
  return (
    <div className={css.page}>
      <h1>API reference</h1>
      <p className={css.lead}>
        One directory, six ways to ask it: Rollcall’s own API and those of five vendors, whose clients work unchanged.
        Every operation can be tried here with a token of yours.
      </p>
      {names.length === 0 && <Skeleton lines={6} label="Loading the reference" />}
      <ul className={css.cards}>
        {names.map((name, index) => (
          <DialectCard key={name} name={name} document={documents[index]} />
        ))}
      </ul>
      {documents[0] && (
        <section aria-labelledby="authorise" className={css.group}>
          <h2 id="authorise">Authorising</h2>
          <HowToAuthorise document={documents[0]} />
        </section>
      )}
    </div>
  )
}

function DialectCard({ name, document }: { readonly name: string; readonly document: DialectDocument | undefined }) {
  const first = document?.operations[0]
  return (
    <li className={css.card}>
      <h2>
        <Link to={{ dialect: name }}>{document?.title ?? name}</Link>
      </h2>
      {document && first ? (
        <>
          <p>
            {document.operations.length} operations, beginning with{' '}
            <Link to={{ dialect: name, operationId: first.id }}>{first.summary}</Link>
          </p>
          <code>
            {first.method} {first.path}
          </code>
        </>
      ) : (
        <Skeleton lines={2} label={`Loading ${name}`} />
      )}
    </li>
  )
}
