import { useEffect, useRef, useState } from 'react'
import { announce } from '../../widgets/announcer.tsx'
import { Button } from '../../widgets/button.tsx'
import { Page } from '../../widgets/page.tsx'
import { Skeleton } from '../../widgets/states.tsx'
import { countText } from '../../text/count.ts'
import { LeaveGuard } from '../../work/leave-guard.tsx'
import { FileDrop } from './file-drop.tsx'
import type { Encoding } from './reading/file-text.ts'
import css from './import.module.css'
import { ImportPlan } from './import-plan.tsx'
import { ImportProgress } from './import-progress.tsx'
import type { Rules } from './rules.ts'
import { useImportRun } from './use-import-run.ts'
import { useOpenedFile } from './use-opened-file.ts'

const LEAD =
  'Brings users from a file. You see what its columns mean and what would become of its rows before anything is written.'

// A browser would open a file that is dropped beside the place for it, and leave the page.
function keepFilesOut(): () => void {
  const refuse = (event: DragEvent) => {
    if (event.defaultPrevented || event.dataTransfer?.types.includes('Files') !== true) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'none'
  }
  addEventListener('dragover', refuse)
  addEventListener('drop', refuse)
  return () => {
    removeEventListener('dragover', refuse)
    removeEventListener('drop', refuse)
  }
}

/** Brings users from a file: what it is, what its columns mean, what would become of it, and then what did. */
export function ImportPage() {
  const [file, setFile] = useState<File | null>(null)
  const [encoding, setEncoding] = useState<Encoding | undefined>()
  const opened = useOpenedFile(file, encoding)
  const { run, start, clear } = useImportRun()
  const [begun, setBegun] = useState<{
    readonly file: File
    readonly encoding: Encoding
    readonly rules: Rules
  } | null>(null)
  const isRunning = run?.state === 'running'
  const name = opened.data?.file.name
  useEffect(() => {
    if (name !== undefined) announce(`${name} is opened.`)
  }, [name])

  useEffect(keepFilesOut, [])

  const choose = (next: File) => {
    clear()
    setEncoding(undefined)
    setFile(next)
  }
  const begin = (rules: Rules, isRehearsal: boolean) => {
    const data = opened.data
    if (data === undefined || data === null) return
    const next = { file: data.file, encoding: data.source.encoding.encoding, rules }
    setBegun(next)
    void start(next.file, next.encoding, rules, isRehearsal)
  }
  const goOn = () => {
    if (begun !== null && run !== null) void start(begun.file, begun.encoding, begun.rules, run.isRehearsal, run)
  }
  const stage = run === null ? (opened.data == null ? 'file' : 'plan') : run.state
  const place = useRef<HTMLDivElement>(null)
  const lastStage = useRef(stage)
  useEffect(() => {
    if (stage === lastStage.current) return
    lastStage.current = stage
    // What had the focus is gone with the stage before.
    place.current?.focus({ preventScroll: true })
    document.getElementById('main')?.scrollTo({ top: 0 })
  }, [stage])
  const canSwap = opened.data != null && !isRunning
  return (
    <Page
      title="Import"
      lead={LEAD}
      width="text"
      actions={
        canSwap && (
          <Button
            onClick={() => {
              clear()
              setFile(null)
            }}
          >
            Another file
          </Button>
        )
      }
    >
      <div ref={place} tabIndex={-1} className={css.stack}>
        {opened.data == null && !opened.isFetching && (
          <FileDrop onFile={choose} fault={opened.error === null ? null : opened.error.message} />
        )}
        {opened.isFetching && opened.data == null && <Skeleton lines={6} label="Opening the file" />}
        {opened.data != null && (
          <>
            {run !== null && (
              <ImportProgress
                run={run}
                fileName={opened.data.file.name}
                onGoOn={goOn}
                onImport={() => begun !== null && begin(begun.rules, false)}
                onBack={clear}
              />
            )}
            {/* Kept while it runs, so that nothing chosen is lost. */}
            <div hidden={run !== null}>
              <ImportPlan
                key={opened.data.file.name + String(opened.data.file.lastModified)}
                opened={opened.data}
                encoding={encoding}
                onEncoding={setEncoding}
                onStart={begin}
              />
            </div>
          </>
        )}
      </div>
      <LeaveGuard isNeeded={isRunning} title="Leave while users are being imported?">
        <p>
          It ends where it is. {run?.isRehearsal === true ? 'Nothing has been written.' : 'What was written stays'}
          {run?.isRehearsal === true ? '' : `: ${countText(run?.rows ?? 0, 'row')} so far.`}
        </p>
      </LeaveGuard>
    </Page>
  )
}
