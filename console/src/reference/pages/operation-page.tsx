import { ArrowDown } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '../../widgets/button.tsx'
import type { DialectDocument, Operation } from '../document/document.ts'
import { Answers } from '../docs/answers.tsx'
import { BodyFields } from '../docs/body-fields.tsx'
import { Parameters } from '../docs/parameters.tsx'
import { useDraft } from '../draft.ts'
import { TryIt } from '../panels/try-it.tsx'
import { goTo, usePlace } from '../place.ts'
import type { Form } from '../request/form.ts'
import { Link } from '../shell/link.tsx'
import { Method } from '../shell/method.tsx'
import { Prose } from '../shell/prose.tsx'
import css from './pages.module.css'
import { useTitle } from './title.ts'

interface OperationPageProps {
  readonly operation: Operation
  readonly document: DialectDocument
  /** All that are known, to tell whose a pasted request is. */
  readonly documents: readonly DialectDocument[]
}

/** One operation: what it takes and answers, and beside it the request to try. */
export function OperationPage({ operation, document, documents }: OperationPageProps) {
  const { dialect, id, method, path, summary, description, permission, body } = operation
  const { schemas } = document
  useTitle(summary, document.title)
  const { status } = usePlace()
  const [form, setForm] = useDraft(operation, schemas)
  const [edited, setEdited] = useState<string | null>(null)
  const request = useRef<HTMLElement>(null)
  const change = (next: Form) => {
    setEdited(null)
    setForm(next)
  }
  return (
    <div className={css.columns}>
      <div className={css.docs}>
        <div className={css.about}>
          <p>
            <Link to={{ dialect }}>{document.title}</Link>
          </p>
          <h1>{summary}</h1>
          <p className={css.line}>
            <Method method={method} /> <code>{path}</code>
          </p>
          <Prose text={description} />
          <p className={css.permission}>{permissionText(permission)}</p>
          <Button
            className={css.toRequest ?? ''}
            icon={<ArrowDown aria-hidden />}
            onClick={() => request.current?.focus()}
          >
            To the request
          </Button>
        </div>
        <Parameters operation={operation} schemas={schemas} form={form} onChange={change} />
        {body && <BodyFields body={body} schemas={schemas} mediaType={form.mediaType} />}
        <Answers
          operation={operation}
          schemas={schemas}
          status={status}
          onStatus={(next) => goTo({ dialect, operationId: id, status: next }, { isReplaced: true })}
        />
      </div>
      <section ref={request} tabIndex={-1} aria-label="Try it" className={css.try}>
        <TryIt
          operation={operation}
          document={document}
          documents={documents}
          form={form}
          onChange={change}
          edited={edited}
          onEdited={setEdited}
        />
      </section>
    </div>
  )
}

function permissionText(permission: string | null): string {
  if (permission === null) return 'Needs no token.'
  return permission === 'any' ? 'Needs any token.' : `Needs a token with the permission ${permission}.`
}
