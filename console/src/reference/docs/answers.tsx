import { ChevronRight } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { StatusBadge } from '../answer/status-badge.tsx'
import type { Operation, StatusAnswer } from '../document/document.ts'
import { fieldsOf } from '../document/field.ts'
import { typeOf, type Schemas } from '../document/schema.ts'
import css from './docs.module.css'
import { FieldList } from './field-list.tsx'

interface AnswersProps {
  readonly operation: Operation
  readonly schemas: Schemas
  /** The one that is open. */
  readonly status: number | null
  readonly onStatus: (status: number | null) => void
}

/** Every status there is, with its headers and fields. One is open at a time, and stands in the address. */
export function Answers({ operation, schemas, status, onStatus }: AnswersProps) {
  const first = useRef<number | null>(status)
  useEffect(() => {
    // A link to a status leads to it; one that is chosen here is where one looks already.
    if (first.current !== null) document.getElementById(`answer-${first.current}`)?.scrollIntoView({ block: 'center' })
    first.current = null
  }, [])
  return (
    <section aria-labelledby="answers" className={css.section}>
      <h2 id="answers">Answers</h2>
      <ul className={css.answers}>
        {operation.answers.map((answer) => (
          <li key={answer.status}>
            <h3>
              <button
                type="button"
                id={`answer-${answer.status}`}
                aria-expanded={status === answer.status}
                onClick={() => onStatus(status === answer.status ? null : answer.status)}
              >
                <ChevronRight aria-hidden />
                <StatusBadge status={answer.status} />
                <span>{answer.description}</span>
              </button>
            </h3>
            {status === answer.status && <AnswerDetails answer={answer} schemas={schemas} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function AnswerDetails({ answer: { status, headers, formats }, schemas }: { answer: StatusAnswer; schemas: Schemas }) {
  return (
    <div className={css.details}>
      {headers.length > 0 && (
        <dl className={css.headers} aria-label={`Headers of ${status}`}>
          {headers.map(({ name, example }) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>
                <code>{example}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {formats.length === 0 && <p className={css.none}>It has no body.</p>}
      {formats.map(({ mediaType, schema }) => (
        <div key={mediaType}>
          <p className={css.name}>
            <code>{mediaType}</code>
            <span className={css.type}>{typeOf(schema, schemas)}</span>
          </p>
          <FieldList fields={fieldsOf(schema, schemas)} label={`Fields of ${status}`} />
        </div>
      ))}
    </div>
  )
}
