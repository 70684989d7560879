import { OtherPairs } from '../docs/other-pairs.tsx'
import type { Form } from '../request/form.ts'
import type { HttpRequest } from '../curl/request.ts'
import css from './panels.module.css'

interface HeadersProps {
  readonly form: Form
  readonly request: HttpRequest
  readonly onChange: (form: Form) => void
}

/** Every header that is sent: those that come by themselves, and one's own. */
export function HeadersPanel({ form, request, onChange }: HeadersProps) {
  const own = form.headers.length
  const given = request.headers.filter(
    ([name]) => !form.headers.some((pair) => pair.name.toLowerCase() === name.toLowerCase()),
  )
  return (
    <div className={css.words}>
      {given.length > 0 && (
        <p className={css.note}>
          {given.map(([name], index) => (
            <span key={name}>
              {index > 0 && ', '}
              <code>{name}</code>
            </span>
          ))}{' '}
          {given.length === 1 ? 'comes' : 'come'} from above{own > 0 ? '; these are yours:' : '.'}
        </p>
      )}
      <OtherPairs
        title="Headers of your own"
        addLabel="Add a header"
        pairs={form.headers}
        isOther={() => true}
        onChange={(headers) => onChange({ ...form, headers })}
      />
    </div>
  )
}
