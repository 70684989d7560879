import { Play, Square } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useShortcuts } from '../../shell/shortcuts.ts'
import { Button } from '../../widgets/button.tsx'
import { CopyButton } from '../../widgets/copy-button.tsx'
import { SelectField } from '../../widgets/field.tsx'
import { CodeBlock } from '../answer/code-block.tsx'
import { LANGUAGES } from '../code/languages.ts'
import { isHeader, type HttpRequest } from '../curl/request.ts'
import type { DialectDocument, Operation } from '../document/document.ts'
import { draftOf, putDraft } from '../draft.ts'
import { goTo, usePlace } from '../place.ts'
import { sentAuthorization, writtenAuthorization } from '../request/authorization.ts'
import { followCurl, type Followed } from '../request/follow-curl.ts'
import { missingIn, requestOf, type Form } from '../request/form.ts'
import { unsendable, unsendableHeaders } from '../send/refusable.ts'
import { changeVisitor, useVisitor } from '../visitor.ts'
import { AnswerPanel, type Obstacle } from './answer-panel.tsx'
import { BodyEditor } from './body-editor.tsx'
import { CredentialsPanel } from './credentials-panel.tsx'
import { CurlEditor } from './curl-editor.tsx'
import { HeadersPanel } from './headers-panel.tsx'
import { Panel } from './panel.tsx'
import css from './panels.module.css'
import { useSending } from './sending.ts'
import { UrlPanel } from './url-panel.tsx'

interface TryItProps {
  readonly operation: Operation
  readonly document: DialectDocument
  readonly documents: readonly DialectDocument[]
  readonly form: Form
  readonly onChange: (form: Form) => void
  /** What was typed into the curl line since the form was changed by other means. */
  readonly edited: string | null
  readonly onEdited: (line: string) => void
}

/** The request in all its parts, as code, to be sent, and what comes back. */
export function TryIt({ operation, document, documents, form, onChange, edited, onEdited }: TryItProps) {
  const visitor = useVisitor()
  const { status } = usePlace()
  const [tab, setTab] = useState(status === null ? 'answer' : 'example')
  const [shownStatus, setShownStatus] = useState(status)
  if (status !== shownStatus) {
    // A status that is chosen anywhere on the page is shown here.
    setShownStatus(status)
    if (status !== null) setTab('example')
  }
  const response = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Beside the description the column scrolls by itself; below it the page would jump.
    if (status !== null && matchMedia('(min-width: 70.01rem)').matches) {
      response.current?.scrollIntoView({ block: 'nearest' })
    }
  }, [status])
  const [obstacle, setObstacle] = useState<Obstacle | null>(null)
  const { sending, start, stop } = useSending()
  const { server, language, scheme } = visitor
  const request = requestOf(operation, form, { server, authorization: writtenAuthorization(operation, visitor) })
  const isSession = scheme === 'session' && operation.permission !== null
  const follow = (line: string) =>
    followCurl(line, { operation, documents, server, formOf: (one) => formOf(one, operation, form, documents) })

  const edit = (line: string) => {
    const followed = follow(line)
    if (followed.isUnderstood && followed.where === 'here') {
      onChange(followed.form)
      takeToken(followed)
      if (followed.otherServer === location.origin) changeVisitor({ server: location.origin })
    }
    onEdited(line)
  }
  const open = (followed: Followed) => {
    if (!followed.isUnderstood || followed.where === 'nowhere') return
    putDraft(followed.operation, followed.form)
    takeToken(followed)
    goTo({ dialect: followed.operation.dialect, operationId: followed.operation.id })
  }
  const trySending = (isAnyway: boolean) => {
    const sent = requestOf(operation, form, { server, authorization: sentAuthorization(operation, visitor) })
    const found = obstacleTo(sent, missingIn(operation, form), isAnyway || isSession || operation.permission === null)
    setTab('answer')
    response.current?.scrollIntoView({ block: 'nearest' })
    setObstacle(found)
    if (found === null) void start(sent, isSession)
  }
  useShortcuts({ 'Ctrl+enter': () => trySending(false) })
  const chosen = LANGUAGES.find(({ id }) => id === language) ?? LANGUAGES[0]
  const code = chosen?.print(request) ?? ''
  const left = unsendableHeaders(request)
  return (
    <>
      <div className={css.head}>
        <h2>Request</h2>
        {sending.state === 'sending' && (
          <Button icon={<Square aria-hidden />} onClick={stop}>
            Stop
          </Button>
        )}
        <Button look="main" icon={<Play aria-hidden />} title="Ctrl+Enter" onClick={() => trySending(false)}>
          Try it
        </Button>
        {left.length > 0 && <p className={css.note}>Browsers do not send {left.join(', ')} as written here.</p>}
      </div>
      <Panel title="Credentials">
        <CredentialsPanel operation={operation} document={document} />
      </Panel>
      <Panel title="Header">
        <HeadersPanel form={form} request={request} onChange={onChange} />
      </Panel>
      <Panel title="URL">
        <UrlPanel request={request} />
      </Panel>
      {(operation.body !== null || form.body !== null) && (
        <Panel title="Body">
          <BodyEditor body={operation.body} form={form} onChange={onChange} />
        </Panel>
      )}
      <Panel title="Code">
        <div className={css.language}>
          <SelectField
            label="Language"
            value={chosen?.id}
            options={LANGUAGES.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={({ target }) => changeVisitor({ language: target.value })}
          />
          <CopyButton text={code} label="Copy the code" />
        </div>
        {chosen?.id === 'curl' ? (
          <CurlEditor
            line={code}
            edited={edited}
            followed={edited === null ? null : follow(edited)}
            onEdit={edit}
            onOpen={open}
          />
        ) : (
          <CodeBlock code={code} label={`Code in ${chosen?.title ?? ''}`} isCopied={false} />
        )}
      </Panel>
      <div ref={response} className={css.response}>
        <Panel title="Response">
          <AnswerPanel
            operation={operation}
            document={document}
            sending={sending}
            obstacle={obstacle}
            tab={tab}
            status={status}
            onTab={setTab}
            onStatus={(next) =>
              goTo({ dialect: operation.dialect, operationId: operation.id, status: next }, { isReplaced: true })
            }
            onSendAnyway={() => trySending(true)}
          />
        </Panel>
      </div>
    </>
  )
}

function formOf(one: Operation, here: Operation, form: Form, documents: readonly DialectDocument[]): Form {
  if (one.dialect === here.dialect && one.id === here.id) return form
  return draftOf(one, documents.find(({ name }) => name === one.dialect)?.schemas ?? {})
}

function takeToken(followed: Followed): void {
  if (!followed.isUnderstood || followed.where === 'nowhere' || followed.authorization.kind !== 'token') return
  const { token, isBare } = followed.authorization
  changeVisitor({ token, scheme: isBare ? 'bare' : 'bearer' })
}

function obstacleTo(request: HttpRequest, missing: readonly string[], needsNoToken: boolean): Obstacle | null {
  if (missing.length > 0)
    return { kind: 'other', message: `Fill in ${missing.join(' and ')} first: it is part of the path.` }
  const reason = unsendable(request, location.origin)
  if (reason !== null) return { kind: 'other', message: reason }
  const isKnown = request.headers.some(([name]) => isHeader(name, 'Authorization'))
  return needsNoToken || isKnown ? null : { kind: 'token' }
}
