import { CopyButton } from '../../widgets/copy-button.tsx'
import css from './json.module.css'

/** A value as indented JSON that can be copied. */
export function JsonTab({ value, label }: { readonly value: unknown; readonly label: string }) {
  const text = JSON.stringify(value, null, 2)
  return (
    <div className={css.json}>
      <CopyButton text={text} label="Copy JSON" />
      <pre tabIndex={0} role="region" aria-label={label} dir="ltr">
        {text}
      </pre>
    </div>
  )
}
