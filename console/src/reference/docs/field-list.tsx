import { ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import type { Field } from '../document/field.ts'
import { Prose } from '../shell/prose.tsx'
import css from './docs.module.css'

/** Fields with what they may hold; nested ones open. */
export function FieldList({ fields, label }: { readonly fields: readonly Field[]; readonly label: string }) {
  return (
    <ul aria-label={label} className={css.fields}>
      {fields.map((field) => (
        <FieldEntry key={field.name} field={field} />
      ))}
    </ul>
  )
}

function FieldEntry({ field }: { readonly field: Field }) {
  const [isOpen, setIsOpen] = useState(false)
  const id = useId()
  const { name, type, isRequired, description, constraints, options, hasFields } = field
  return (
    <li className={css.field}>
      <p className={css.name}>
        <code>{name}</code>
        <span className={css.type}>{type}</span>
        {isRequired && <span className={css.required}>required</span>}
      </p>
      <Prose text={description} />
      <Limits constraints={constraints} options={options} usual={field.default} />
      {hasFields && (
        <>
          <button
            type="button"
            className={css.nested}
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setIsOpen(!isOpen)}
          >
            <ChevronRight aria-hidden />
            Fields of {name}
          </button>
          <div id={id}>{isOpen && <FieldList fields={field.fields()} label={`Fields of ${name}`} />}</div>
        </>
      )}
    </li>
  )
}

interface LimitsProps {
  readonly constraints: readonly string[]
  readonly options: readonly string[]
  readonly usual: string
}

/** What a value has to keep to. */
export function Limits({ constraints, options, usual }: LimitsProps) {
  if (constraints.length + options.length === 0 && usual === '') return null
  return (
    <p className={css.limits}>
      {constraints.map((words) => (
        <span key={words}>{words}</span>
      ))}
      {usual !== '' && (
        <span>
          default <code>{usual}</code>
        </span>
      )}
      {options.length > 0 && (
        <span>
          one of{' '}
          {options.map((option) => (
            <code key={option}>{option}</code>
          ))}
        </span>
      )}
    </p>
  )
}
