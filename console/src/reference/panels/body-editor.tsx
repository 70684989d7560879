import { useId } from 'react'
import { errorText } from '../../text/error-text.ts'
import { Button } from '../../widgets/button.tsx'
import { SelectField } from '../../widgets/field.tsx'
import type { Operation } from '../document/document.ts'
import { bodyExample } from '../request/body-example.ts'
import type { Form } from '../request/form.ts'
import css from './panels.module.css'

interface BodyEditorProps {
  readonly body: Operation['body']
  readonly form: Form
  readonly onChange: (form: Form) => void
}

/** The body to send, in one of the operation's formats. It may be wrong: the server's answer says so better. */
export function BodyEditor({ body, form, onChange }: BodyEditorProps) {
  const id = useId()
  const formats = body?.formats ?? []
  const isOdd = form.mediaType !== null && !formats.some(({ mediaType }) => mediaType === form.mediaType)
  const options = [...formats.map(({ mediaType }) => mediaType), ...(isOdd ? [form.mediaType] : [])]
  const format = formats.find(({ mediaType }) => mediaType === form.mediaType) ?? formats[0]
  const text = form.body ?? ''
  const fault = isJson(form.mediaType) && text !== '' ? jsonFault(text) : null
  return (
    <div className={css.words}>
      {options.length > 1 && (
        <SelectField
          label="Content-Type"
          value={form.mediaType ?? ''}
          options={[...(form.mediaType === null ? [''] : []), ...options].map((value) => ({
            value,
            label: value || 'none',
          }))}
          onChange={({ target }) => {
            const next = formats.find(({ mediaType }) => mediaType === target.value)
            const isExample = format !== undefined && text === bodyExample(format)
            onChange({ ...form, mediaType: target.value, body: next && isExample ? bodyExample(next) : form.body })
          }}
        />
      )}
      <textarea
        aria-label="Body"
        className={css.editor}
        dir="ltr"
        rows={Math.min(16, Math.max(3, text.split('\n').length))}
        spellCheck={false}
        autoCapitalize="none"
        aria-describedby={fault === null ? undefined : id}
        value={text}
        onChange={({ target }) => onChange({ ...form, body: target.value === '' && !body ? null : target.value })}
      />
      {fault !== null && (
        <p id={id} className={css.fault}>
          {fault}
        </p>
      )}
      <div className={css.actions}>
        {format && (
          <Button
            look="quiet"
            onClick={() => onChange({ ...form, mediaType: format.mediaType, body: bodyExample(format) })}
          >
            Example
          </Button>
        )}
        {isJson(form.mediaType) && text !== '' && (
          <Button
            look="quiet"
            disabled={fault !== null}
            onClick={() => onChange({ ...form, body: JSON.stringify(JSON.parse(text), null, 2) })}
          >
            Format
          </Button>
        )}
        {form.body !== null && !(body?.isRequired === true) && (
          <Button look="quiet" onClick={() => onChange({ ...form, body: null })}>
            Send none
          </Button>
        )}
      </div>
      {form.body === null && <p className={css.note}>No body is sent.</p>}
    </div>
  )
}

function isJson(mediaType: string | null): boolean {
  return /\bjson\b/.test(mediaType ?? '')
}

function jsonFault(text: string): string | null {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    return `This is no JSON yet: ${errorText(error)}`
  }
}
