import { isHeader } from '../curl/request.ts'
import type { Operation, Parameter } from '../document/document.ts'
import { constraintsOf, defaultOf, optionsOf, resolve, typeOf, type Schemas } from '../document/schema.ts'
import { valuesOf, withValues, type Form } from '../request/form.ts'
import { Prose } from '../shell/prose.tsx'
import { ParameterControl } from './parameter-control.tsx'
import css from './docs.module.css'
import { Limits } from './field-list.tsx'
import { OtherPairs } from './other-pairs.tsx'

interface ParametersProps {
  readonly operation: Operation
  readonly schemas: Schemas
  readonly form: Form
  readonly onChange: (form: Form) => void
}

const PLACES = [
  { place: 'path', title: 'In the path' },
  { place: 'query', title: 'In the query' },
  { place: 'header', title: 'Headers' },
] as const

/** Every parameter with what it means and a control to fill it in. */
export function Parameters({ operation, schemas, form, onChange }: ParametersProps) {
  const { parameters } = operation
  const known = parameters.flatMap((one) => (one.in === 'query' ? [one.name] : []))
  return (
    <section aria-labelledby="parameters" className={css.section}>
      <h2 id="parameters">Parameters</h2>
      {parameters.length === 0 && <p className={css.none}>It has none.</p>}
      {PLACES.map(({ place, title }) => {
        const some = parameters.filter((parameter) => parameter.in === place)
        return (
          some.length > 0 && (
            <div key={place}>
              <h3>{title}</h3>
              <ul aria-label={title} className={css.fields}>
                {some.map((parameter) => (
                  <ParameterEntry
                    key={parameter.name}
                    parameter={parameter}
                    schemas={schemas}
                    values={valuesIn(form, parameter)}
                    onChange={(values) => onChange(withParameter(form, parameter, values))}
                  />
                ))}
              </ul>
            </div>
          )
        )
      })}
      <OtherPairs
        title="Other parameters of the query"
        addLabel="Add a parameter"
        pairs={form.query}
        isOther={({ name }) => !known.includes(name)}
        onChange={(query) => onChange({ ...form, query })}
      />
    </section>
  )
}

function valuesIn({ path, query, headers }: Form, { in: place, name }: Parameter): readonly string[] {
  if (place === 'path') return [path[name] ?? '']
  if (place === 'query') return valuesOf(query, name)
  return headers.filter((pair) => isHeader(pair.name, name)).map(({ value }) => value)
}

function withParameter(form: Form, { in: place, name }: Parameter, values: readonly string[]): Form {
  if (place === 'path') return { ...form, path: { ...form.path, [name]: values[0] ?? '' } }
  if (place === 'query') return { ...form, query: withValues(form.query, name, values) }
  // A header keeps the letter case in which it was pasted.
  const written = form.headers.find((pair) => isHeader(pair.name, name))?.name ?? name
  return { ...form, headers: withValues(form.headers, written, values) }
}

interface EntryProps {
  readonly parameter: Parameter
  readonly schemas: Schemas
  readonly values: readonly string[]
  readonly onChange: (values: readonly string[]) => void
}

function ParameterEntry({ parameter, schemas, values, onChange }: EntryProps) {
  const { name, isRequired, description, schema } = parameter
  const id = `parameter-${parameter.in}-${name}`
  return (
    <li className={css.parameter}>
      <div className={css.words}>
        <p className={css.name}>
          <label htmlFor={id}>
            <code>{name}</code>
          </label>
          <span className={css.type}>{typeOf(schema, schemas)}</span>
          {isRequired && <span className={css.required}>required</span>}
        </p>
        <div id={`${id}-about`}>
          <Prose text={description} />
          <Limits
            constraints={constraintsOf(schema, schemas)}
            options={optionsOf(schema, schemas)}
            usual={defaultOf(resolve(schema, schemas))}
          />
        </div>
      </div>
      <ParameterControl id={id} parameter={parameter} schemas={schemas} values={values} onChange={onChange} />
    </li>
  )
}
