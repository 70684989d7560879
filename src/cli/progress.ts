import { Presets, SingleBar } from 'cli-progress'

/** Shows how far a long piece of work has come, on standard error. */
export interface Progress {
  readonly update: (done: number, rows: number) => void
  readonly close: () => void
}

/** Between two lines where there is no terminal to draw a bar on. */
const LINE_INTERVAL_MS = 5000

/**
 * A bar on a terminal, a line every five seconds otherwise. `total` counts what `done` does, bytes or rows; null when
 * nobody knows.
 */
export function openProgress(verb: string, total: number | null, now: () => number = Date.now): Progress {
  const startMs = now()
  const rate = (rows: number) => Math.round(rows / Math.max((now() - startMs) / 1000, 0.001))
  return process.stderr.isTTY && total !== null ? openBar(verb, total, rate) : openLines(verb, total, rate, now)
}

function openBar(verb: string, total: number, rate: (rows: number) => number): Progress {
  const bar = new SingleBar(
    {
      format: `${verb} {bar} {percentage}% · {rows} users · {rate}/s · {eta_formatted} left`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      etaBuffer: 50,
    },
    Presets.shades_classic,
  )
  bar.start(total, 0, { rows: 0, rate: 0 })
  return {
    update: (done, rows) => bar.update(Math.min(done, total), { rows, rate: rate(rows) }),
    close: () => bar.stop(),
  }
}

function openLines(verb: string, total: number | null, rate: (rows: number) => number, now: () => number): Progress {
  let saidMs = now()
  return {
    update(done, rows) {
      if (now() - saidMs < LINE_INTERVAL_MS) return
      saidMs = now()
      const share = total === null || total === 0 ? '' : ` (${Math.floor((done / total) * 100)}%)`
      process.stderr.write(`${verb} ${rows} users${share}, ${rate(rows)}/s\n`)
    },
    close: () => undefined,
  }
}
