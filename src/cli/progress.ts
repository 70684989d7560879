import { Presets, SingleBar } from 'cli-progress'

/** Shows how far a long piece of work has come, on standard error. */
export interface Progress {
  readonly update: (done: number, rows: number) => void
  readonly close: () => void
}

/** Between two lines where there is no terminal to draw a bar on. */
const LINE_INTERVAL_MS = 5000

/** Where progress is shown, and the clock it goes by. */
interface Shown {
  readonly stream?: NodeJS.WriteStream
  readonly now?: () => number
}

/**
 * A bar on a terminal, a line every five seconds otherwise. `total` counts what `done` does, bytes or rows; null when
 * nobody knows.
 */
export function openProgress(
  verb: string,
  total: number | null,
  { stream = process.stderr, now = Date.now }: Shown = {},
): Progress {
  const startMs = now()
  const rate = (rows: number) => Math.round(rows / Math.max((now() - startMs) / 1000, 0.001))
  return stream.isTTY && total !== null
    ? openBar(stream, verb, total, rate)
    : openLines(verb, total, rate, now, (line) => void stream.write(line))
}

function openBar(stream: NodeJS.WriteStream, verb: string, total: number, rate: (rows: number) => number): Progress {
  const bar = new SingleBar(
    {
      format: `${verb} {bar} {percentage}% · {rows} users · {rate}/s · {eta_formatted} left`,
      stream,
      hideCursor: true,
      clearOnComplete: true,
      etaBuffer: 50,
    },
    Presets.shades_classic,
  )
  bar.start(total, 0, { rows: 0, rate: 0 })
  return {
    update: (done, rows) => bar.update(done, { rows, rate: rate(rows) }),
    close: () => bar.stop(),
  }
}

function openLines(
  verb: string,
  total: number | null,
  rate: (rows: number) => number,
  now: () => number,
  say: (line: string) => void,
): Progress {
  let saidMs = now()
  return {
    update(done, rows) {
      if (now() - saidMs < LINE_INTERVAL_MS) return
      saidMs = now()
      const share = total === null || total === 0 ? '' : ` (${Math.floor((done / total) * 100)}%)`
      say(`${verb} ${rows} users${share}, ${rate(rows)}/s\n`)
    },
    close: () => undefined,
  }
}
