import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { openShared, useShared } from '../shared-value.ts'
import { announce } from './announcer.tsx'
import { Button, IconButton } from './button.tsx'
import css from './notices.module.css'

interface Notice {
  readonly id: number
  readonly sentence: string
  readonly tone: 'good' | 'danger'
  /** Offered for ten seconds, such as taking something back. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined
}

const LIFE_MS = 10_000
const notices = openShared<readonly Notice[]>([])
let lastId = 0

/** Says in a corner, and to screen readers, what was done or what went wrong. */
export function notify(
  sentence: string,
  options: { readonly tone?: Notice['tone']; readonly action?: Notice['action'] } = {},
) {
  lastId += 1
  const notice = { id: lastId, sentence, tone: options.tone ?? 'good', action: options.action }
  notices.set([...notices.now().slice(-3), notice])
  announce(sentence)
}

const dismiss = (id: number): void => {
  notices.set(notices.now().filter((notice) => notice.id !== id))
}

/** The notices there are, in their corner. */
export function Notices() {
  const shown = useShared(notices)
  return (
    <section aria-label="Notices" className={css.notices}>
      {shown.map((notice) => (
        <NoticeBox key={notice.id} notice={notice} />
      ))}
    </section>
  )
}

function NoticeBox({ notice: { id, sentence, tone, action } }: { readonly notice: Notice }) {
  const [isPointedAt, setIsPointedAt] = useState(false)
  const [isFocused, setIsFocused] = useState(false)
  // Nobody is hurried who is about to use it: the time begins anew when they turn away.
  const isHeld = isPointedAt || isFocused
  useEffect(() => {
    if (isHeld) return undefined
    const timer = setTimeout(() => dismiss(id), LIFE_MS)
    return () => clearTimeout(timer)
  }, [id, isHeld])
  const run = () => {
    action?.run()
    dismiss(id)
  }
  return (
    <div
      className={`${css.notice} ${css[tone] ?? ''}`}
      onPointerEnter={() => setIsPointedAt(true)}
      onPointerLeave={() => setIsPointedAt(false)}
      onFocus={() => setIsFocused(true)}
      onBlur={() => setIsFocused(false)}
    >
      <p>{sentence}</p>
      {action && (
        <Button look="quiet" onClick={run}>
          {action.label}
        </Button>
      )}
      <IconButton label="Dismiss" onClick={() => dismiss(id)}>
        <X aria-hidden />
      </IconButton>
    </div>
  )
}
