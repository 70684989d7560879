import { Download } from 'lucide-react'
import { useState } from 'react'
import { sizeText } from '../../text/size-text.ts'
import { Button } from '../../widgets/button.tsx'
import { CopyButton } from '../../widgets/copy-button.tsx'
import { Tabs } from '../../widgets/tabs.tsx'
import { saveFile } from '../../work/file-download.ts'
import { BODY_BYTES_MAX, type Answer } from '../send/send.ts'
import { changeVisitor, useVisitor } from '../visitor.ts'
import css from './answer.module.css'
import { CodeBlock } from './code-block.tsx'
import { JsonTree } from './json-tree.tsx'
import { RateLimits } from './rate-limits.tsx'
import { StatusBadge } from './status-badge.tsx'

const RAW_MAX = 200_000

/** What came back: status, time, size, rate limits, headers and body. */
export function AnswerView({ answer }: { readonly answer: Answer }) {
  const { status, headers, headMs, totalMs, bytes, isCut } = answer
  return (
    <div className={css.answer} data-status={status}>
      <p className={css.facts}>
        <StatusBadge status={status} />
        <span title="Until the head was there, and until all of it was">
          {Math.round(headMs)} ms, in all {Math.round(totalMs)} ms
        </span>
        <span>{sizeText(bytes)}</span>
      </p>
      {isCut && (
        <p className={css.note}>
          The answer is longer than {sizeText(BODY_BYTES_MAX)}; the rest was not read. The curl line gets all of it.
        </p>
      )}
      <RateLimits answer={answer} />
      <TokenOffer answer={answer} />
      <details className={css.headers}>
        <summary>Headers ({headers.length})</summary>
        <dl>
          {headers.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      <Body answer={answer} />
    </div>
  )
}

function jsonOf({ text, mediaType }: Answer): { readonly value: unknown } | null {
  if (!/json$/.test(mediaType)) return null
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return null
  }
}

function Body({ answer }: { readonly answer: Answer }) {
  const [view, setView] = useState('tree')
  const { text, mediaType } = answer
  const json = jsonOf(answer)
  if (text === '') return <p className={css.note}>It has no body.</p>
  const raw = () => (
    <>
      <CodeBlock
        code={text.slice(0, RAW_MAX)}
        label="Body of the answer as it came"
        isJson={/json$/.test(mediaType)}
        isCopied={false}
      />
      {text.length > RAW_MAX && <p className={css.note}>The rest is in the file and in the copy.</p>}
    </>
  )
  const tree = { id: 'tree', title: 'Tree', content: () => <JsonTree value={json?.value} label="Body of the answer" /> }
  return (
    <>
      <Tabs
        label="Body"
        tabs={[...(json ? [tree] : []), { id: 'raw', title: 'Raw', content: raw }]}
        selected={json ? view : 'raw'}
        onSelect={setView}
      />
      <div className={css.actions}>
        <CopyButton text={text} label="Copy the body" />
        <Button look="quiet" icon={<Download aria-hidden />} onClick={() => save(text, mediaType)}>
          Save
        </Button>
      </div>
    </>
  )
}

function save(text: string, mediaType: string): void {
  const name = /json$/.test(mediaType) ? 'answer.json' : mediaType === 'text/csv' ? 'answer.csv' : 'answer.txt'
  saveFile(name, new Blob([text], { type: mediaType }))
}

/** A token in an answer can be used from now on. */
function TokenOffer({ answer }: { readonly answer: Answer }) {
  const { token } = useVisitor()
  const found = tokenIn(answer)
  if (found === null) return null
  return found === token ? (
    <p className={css.note}>This token is used from now on.</p>
  ) : (
    <div>
      <Button onClick={() => changeVisitor({ token: found, scheme: 'bearer' })}>Use this token from now on</Button>
    </div>
  )
}

function tokenIn(answer: Answer): string | null {
  const value = jsonOf(answer)?.value
  if (answer.status >= 300 || typeof value !== 'object' || value === null) return null
  const { access_token: access, token, secret } = value as Readonly<Record<string, unknown>>
  return [access, token, secret].find((one) => typeof one === 'string') ?? null
}
