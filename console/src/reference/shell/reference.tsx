import { useEffect, useRef, type ReactNode } from 'react'
import { announce, Announcer } from '../../widgets/announcer.tsx'
import { Notices } from '../../widgets/notices.tsx'
import { Fault, Skeleton } from '../../widgets/states.tsx'
import { useDocuments } from '../documents.ts'
import { DialectPage } from '../pages/dialect-page.tsx'
import { LostPage } from '../pages/lost-page.tsx'
import { OperationPage } from '../pages/operation-page.tsx'
import { OverviewPage } from '../pages/overview-page.tsx'
import { usePlace } from '../place.ts'
import { Bar } from './bar.tsx'
import { Navigation } from './navigation.tsx'
import css from './reference.module.css'

/** The whole reference: where one can go, and the page of the place in the address. */
export function Reference() {
  const main = useRef<HTMLElement>(null)
  const { dialect, operationId } = usePlace()
  const path = `${dialect ?? ''}/${operationId ?? ''}`
  const before = useRef(path)
  useEffect(() => {
    const { current } = main
    if (path === before.current || !current) return
    before.current = path
    window.scrollTo(0, 0)
    current.focus({ preventScroll: true })
    announce(current.querySelector('h1')?.textContent ?? '')
  }, [path])
  return (
    <div className={css.frame}>
      <a href="#main" className={`${css.skip} visually-hidden`}>
        Skip to the page
      </a>
      <Bar />
      <Navigation />
      <main id="main" ref={main} tabIndex={-1} className={css.main}>
        <Page />
      </main>
      <Announcer />
      <Notices />
    </div>
  )
}

function Page() {
  const { dialect, operationId } = usePlace()
  const { names, documents, error, retry } = useDocuments()
  const document = documents.find((one) => one?.name === dialect)
  const operation = document?.operations.find(({ id }) => id === operationId)
  const isLoading = names.length === 0 || (names.includes(dialect ?? '') && document === undefined)
  if (error && (isLoading || dialect === null)) return <Waiting state={<Fault error={error} onRetry={retry} />} />
  if (dialect === null) return <OverviewPage names={names} documents={documents} />
  if (isLoading) return <Waiting state={<Skeleton lines={8} label="Loading the reference" />} />
  if (!document || (operationId !== null && !operation)) return <LostPage />
  if (!operation) return <DialectPage document={document} />
  const all = documents.filter((one) => one !== undefined)
  return <OperationPage key={`${dialect} ${operation.id}`} operation={operation} document={document} documents={all} />
}

// A page has a name also while there is nothing on it.
function Waiting({ state }: { readonly state: ReactNode }) {
  return (
    <>
      <h1 className="visually-hidden">API reference</h1>
      {state}
    </>
  )
}
