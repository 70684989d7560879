/** A description as OpenAPI documents have them: paragraphs, and code between backticks. */
export function Prose({ text, className }: { readonly text: string; readonly className?: string | undefined }) {
  if (text === '') return null
  return text.split(/\n{2,}/).map((paragraph, index) => (
    <p key={index} className={className}>
      {paragraph.split('`').map((piece, at) => (at % 2 === 1 ? <code key={at}>{piece}</code> : piece))}
    </p>
  ))
}
