import { FileUp } from 'lucide-react'
import { useRef, useState, type DragEvent } from 'react'
import { Button } from '../../widgets/button.tsx'
import css from './import.module.css'

interface FileDropProps {
  readonly onFile: (file: File) => void
  /** What is wrong with the file that was given. */
  readonly fault: string | null
}

/** Where a file is dropped, or chosen by a button. */
export function FileDrop({ onFile, fault }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setIsOver(false)
    const file = event.dataTransfer.files[0]
    if (file !== undefined) onFile(file)
  }
  return (
    <div
      className={`${css.drop} ${isOver ? (css.over ?? '') : ''}`}
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <FileUp aria-hidden />
      <p>
        <strong>Drop a file of users here</strong>
      </p>
      <Button look="main" onClick={() => input.current?.click()}>
        Choose a file
      </Button>
      <input
        ref={input}
        type="file"
        aria-label="File of users"
        // Reached by the button, which is the better place for the focus.
        tabIndex={-1}
        accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,text/csv,application/json,application/jsonl"
        className="visually-hidden"
        onChange={(event) => {
          const file = event.target.files?.[0]
          // The same file can be chosen again once it has been mended.
          event.target.value = ''
          if (file !== undefined) onFile(file)
        }}
      />
      <p className={css.quiet}>
        CSV or JSON Lines, of any size: from Rollcall, Okta, Google Workspace, Microsoft Entra, or any other. The file
        is read here in the browser; nothing is sent before you have seen what it means.
      </p>
      {fault !== null && (
        <p role="alert" className={css.fault}>
          {fault}
        </p>
      )}
    </div>
  )
}
