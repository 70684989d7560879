import { CopyButton } from '../../widgets/copy-button.tsx'
import { highlight, highlightJson } from '../code/highlight.ts'
import css from './answer.module.css'

// Colouring costs more than showing.
const COLOURED_MAX = 100_000

interface CodeBlockProps {
  readonly code: string
  readonly label: string
  readonly isJson?: boolean
  readonly isCopied?: boolean
}

/** Code or JSON in colours, with a button to copy it. */
export function CodeBlock({ code, label, isJson = false, isCopied = true }: CodeBlockProps) {
  const pieces = code.length > COLOURED_MAX ? null : isJson ? highlightJson(code) : highlight(code)
  return (
    <div className={css.code}>
      {isCopied && (
        <div className={css.copy}>
          <CopyButton text={code} />
        </div>
      )}
      <pre dir="ltr" tabIndex={0} role="group" aria-label={label}>
        {pieces
          ? pieces.map(({ kind, text }, index) => (
              <span key={index} className={css[kind]}>
                {text}
              </span>
            ))
          : code}
      </pre>
    </div>
  )
}
