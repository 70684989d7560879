import { useState } from 'react'
import { SelectField } from '../../widgets/field.tsx'
import type { Operation } from '../document/document.ts'
import css from './answer.module.css'
import { CodeBlock } from './code-block.tsx'
import { statusName } from './status-badge.tsx'

interface ExampleProps {
  readonly operation: Operation
  /** The chosen one; the first success where none is. */
  readonly status: number | null
  readonly onStatus: (status: number) => void
}

/** An example of the answer for each status. */
export function ExampleView({ operation, status, onStatus }: ExampleProps) {
  const { answers } = operation
  const [chosen, setChosen] = useState('')
  const answer = answers.find((one) => one.status === status) ?? answers[0]
  if (!answer) return null
  const examples = answer.formats.flatMap(({ mediaType, examples: some }) =>
    some.map((example) => ({ ...example, mediaType, key: `${mediaType} ${example.name}` })),
  )
  const example = examples.find(({ key }) => key === chosen) ?? examples[0]
  return (
    <div className={css.answer}>
      <div className={css.choices}>
        <SelectField
          label="Status"
          value={String(answer.status)}
          onChange={({ target }) => onStatus(Number(target.value))}
          options={answers.map((one) => ({ value: String(one.status), label: statusName(one.status) }))}
        />
        {examples.length > 1 && (
          <SelectField
            label="When"
            value={example?.key}
            onChange={({ target }) => setChosen(target.value)}
            options={examples.map(({ key, summary, mediaType }) => ({
              value: key,
              label: summary === 'Example' ? mediaType : summary,
            }))}
          />
        )}
      </div>
      <p className={css.note}>{answer.description}</p>
      {example ? (
        <CodeBlock
          code={
            typeof example.value === 'string' && !/json$/.test(example.mediaType)
              ? example.value
              : JSON.stringify(example.value, null, 2)
          }
          label={`Example of ${statusName(answer.status)}`}
          isJson={/json$/.test(example.mediaType)}
        />
      ) : (
        <p className={css.note}>It has no body.</p>
      )}
    </div>
  )
}
