import { Button } from '../../widgets/button.tsx'
import { Skeleton } from '../../widgets/states.tsx'
import { Tabs } from '../../widgets/tabs.tsx'
import { AnswerView } from '../answer/answer-view.tsx'
import { ExampleView } from '../answer/example-view.tsx'
import type { DialectDocument, Operation } from '../document/document.ts'
import { HowToAuthorise } from './how-to-authorise.tsx'
import css from './panels.module.css'
import type { Sending } from './sending.ts'

/** Why a request was not sent. */
export type Obstacle = { readonly kind: 'token' } | { readonly kind: 'other'; readonly message: string }

interface AnswerPanelProps {
  readonly operation: Operation
  readonly document: DialectDocument
  readonly sending: Sending
  readonly obstacle: Obstacle | null
  readonly tab: string
  readonly status: number | null
  readonly onTab: (tab: string) => void
  readonly onStatus: (status: number) => void
  readonly onSendAnyway: () => void
}

/** What came back, or examples of what may come. */
export function AnswerPanel(props: AnswerPanelProps) {
  const { operation, status, tab, onTab, onStatus } = props
  return (
    <Tabs
      label="Response"
      selected={tab}
      onSelect={onTab}
      tabs={[
        { id: 'answer', title: 'Answer', content: () => <Outcome {...props} /> },
        {
          id: 'example',
          title: 'Example',
          content: () => <ExampleView operation={operation} status={status} onStatus={onStatus} />,
        },
      ]}
    />
  )
}

function Outcome({ document, sending, obstacle, onSendAnyway }: AnswerPanelProps) {
  if (obstacle?.kind === 'token') {
    return (
      <div role="alert" className={css.obstacle}>
        <h4>A token is needed to send this</h4>
        <HowToAuthorise document={document} />
        <div>
          <Button onClick={onSendAnyway}>Send it without one</Button>
        </div>
      </div>
    )
  }
  if (obstacle) {
    return (
      <p role="alert" className={css.obstacle}>
        {obstacle.message}
      </p>
    )
  }
  if (sending.state === 'sending') return <Skeleton lines={4} label="Waiting for the answer" />
  if (sending.state === 'failed') {
    return (
      <p role="alert" className={css.obstacle}>
        {sending.message}
      </p>
    )
  }
  if (sending.state === 'answered') return <AnswerView key={sending.answer.receivedMs} answer={sending.answer} />
  return (
    <p className={css.note}>“Try it” sends the request and shows the answer here. “Example” has one for each status.</p>
  )
}
