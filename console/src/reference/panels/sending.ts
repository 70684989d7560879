import { useEffect, useRef, useState } from 'react'
import { errorText } from '../../text/error-text.ts'
import { announce } from '../../widgets/announcer.tsx'
import { statusName } from '../answer/status-badge.tsx'
import type { HttpRequest } from '../curl/request.ts'
import { send, type Answer } from '../send/send.ts'

/** How far a request has come. */
export type Sending =
  | { readonly state: 'idle' | 'sending' }
  | { readonly state: 'answered'; readonly answer: Answer }
  | { readonly state: 'failed'; readonly message: string }

/** Sends requests one at a time; a later one, or leaving the page, gives up the one before. */
export function useSending() {
  const [sending, setSending] = useState<Sending>({ state: 'idle' })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const start = async (request: HttpRequest, isSession: boolean) => {
    running.current?.abort()
    const controller = new AbortController()
    running.current = controller
    setSending({ state: 'sending' })
    try {
      const answer = await send(request, isSession, controller.signal)
      if (controller.signal.aborted) return
      setSending({ state: 'answered', answer })
      announce(`Answered ${statusName(answer.status)} after ${Math.round(answer.totalMs)} milliseconds.`)
    } catch (error) {
      if (controller.signal.aborted) return
      setSending({ state: 'failed', message: `No answer came: ${errorText(error)}` })
    }
  }
  const stop = () => {
    running.current?.abort()
    setSending({ state: 'idle' })
  }
  return { sending, start, stop }
}
