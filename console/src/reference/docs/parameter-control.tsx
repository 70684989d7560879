import type { Parameter } from '../document/document.ts'
import { defaultOf, optionsOf, resolve, type Schemas } from '../document/schema.ts'
import css from './docs.module.css'

interface ControlProps {
  readonly id: string
  readonly parameter: Parameter
  readonly schemas: Schemas
  readonly values: readonly string[]
  readonly onChange: (values: readonly string[]) => void
}

/** A control that suits a parameter: a choice, lines of a list, or a text. Anything may be sent, also what is wrong. */
export function ParameterControl({ id, parameter, schemas, values, onChange }: ControlProps) {
  const schema = resolve(parameter.schema, schemas)
  const { type } = schema
  const [value = ''] = values
  const options = type === 'boolean' ? ['true', 'false'] : optionsOf(parameter.schema, schemas)
  const shared = { id, className: css.control, 'aria-describedby': `${id}-about`, dir: 'auto' as const }
  const put = (text: string) => onChange(text === '' ? [] : [text])
  if (type === 'array') {
    return (
      <textarea
        {...shared}
        rows={Math.max(1, values.length)}
        placeholder="one on a line"
        value={values.join('\n')}
        onChange={({ target }) => onChange(target.value === '' ? [] : target.value.split('\n'))}
      />
    )
  }
  if (options.length > 0) {
    const isOdd = value !== '' && !options.includes(value)
    return (
      <select {...shared} value={value} onChange={({ target }) => put(target.value)}>
        <option value="">{parameter.isRequired ? 'choose' : 'not sent'}</option>
        {[...options, ...(isOdd ? [value] : [])].map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    )
  }
  const hint = parameter.example || defaultOf(schema).replace(/^"([^]*)"$/, '$1')
  return (
    <input
      {...shared}
      type="text"
      inputMode={type === 'integer' ? 'numeric' : 'text'}
      autoCapitalize="none"
      autoComplete="off"
      spellCheck={false}
      placeholder={hint}
      value={value}
      onChange={({ target }) => put(target.value)}
    />
  )
}
