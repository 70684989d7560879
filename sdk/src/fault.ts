import type { Problem } from './wire.ts'

/** Thrown for every answer that is no success, and for none: then `status` is 0 and the cause says why. */
export class RollcallFault extends Error {
  override readonly name = 'RollcallFault'
  readonly status: number
  /** What the server said; made up where it said nothing that can be read. */
  readonly problem: Problem
  /** From `Retry-After`. */
  readonly retryAfterS: number | null
  readonly requestId: string | null

  constructor(problem: Problem, answer?: Response, cause?: unknown) {
    super(problem.detail, cause === undefined ? undefined : { cause })
    this.status = problem.status
    this.problem = problem
    const retryAfter = Number(answer?.headers.get('retry-after') ?? Number.NaN)
    this.retryAfterS = Number.isFinite(retryAfter) ? retryAfter : null
    this.requestId = answer?.headers.get('x-request-id') ?? null
  }
}

/** The fault an answer stands for: its problem document, or its status in words. */
export async function faultOf(answer: Response): Promise<RollcallFault> {
  const unsaid: Problem = {
    type: 'about:blank',
    title: answer.statusText,
    status: answer.status,
    detail: `The server answered ${answer.status} ${answer.statusText}`.trim() + '.',
  }
  if (!/[/+]json/.test(answer.headers.get('content-type') ?? '')) return new RollcallFault(unsaid, answer)
  const said = (await answer.json().catch(() => ({}))) as Partial<Problem>
  return new RollcallFault({ ...unsaid, ...said }, answer)
}

/** Nothing was answered: the network is away, or the request could not be sent. */
export function unanswered(cause: unknown): RollcallFault {
  const detail = 'The server cannot be reached.'
  return new RollcallFault({ type: 'about:blank', title: 'No answer', status: 0, detail }, undefined, cause)
}
