import { SingleBar, Presets } from 'cli-progress'

/** Shows how much of a file has been copied, on standard error: a bar, where there is a terminal to draw it on. */
export interface PageProgress {
  readonly update: (pages: number, of: number) => void
  readonly close: () => void
}

/** Between two lines where there is no terminal. */
const LINE_INTERVAL_MS = 5000

export function openPageProgress(verb: string): PageProgress {
  return process.stderr.isTTY ? openBar(verb) : openLines(verb)
}

function openBar(verb: string): PageProgress {
  const bar = new SingleBar(
    {
      format: `${verb} {bar} {percentage}% · {eta_formatted} left`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  )
  bar.start(1, 0)
  return {
    update(pages, of) {
      bar.setTotal(of)
      bar.update(pages)
    },
    close: () => bar.stop(),
  }
}

function openLines(verb: string): PageProgress {
  let saidMs = Date.now()
  return {
    update(pages, of) {
      if (Date.now() - saidMs < LINE_INTERVAL_MS) return
      saidMs = Date.now()
      process.stderr.write(`${verb} ${Math.floor((pages / Math.max(of, 1)) * 100)}%\n`)
    },
    close: () => undefined,
  }
}
