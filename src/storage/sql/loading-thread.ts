import { parentPort, workerData } from 'node:worker_threads'
import { DirectoryError } from '../../core/error.ts'
import type { Committed } from '../../core/store.ts'
import { refusalOf, writtenOf, type LoadingAnswer, type LoadingMessage, type UserCommit } from './loading-messages.ts'

/** What a thread writes commits with. */
export interface ThreadWriter {
  /** Makes a commit ready at once, and writes it when what it is to come after is over. */
  readonly write: (commit: UserCommit) => Promise<Committed>
  readonly close: () => void | Promise<void>
}

/** Writes what this thread is told to, by what `open` makes of the place it was started with. */
export function answerCommits(open: (place: string) => ThreadWriter): void {
  const writer = open((workerData as { readonly place: string }).place)
  const begins = new Map<number, PromiseWithResolvers<undefined>>()

  const write = async (id: number, commit: UserCommit) => {
    const answer = await writer.write(commit).then(writtenOf, (error: unknown) => {
      // One that was called off failed with what was said of the other one.
      return { error: refusalOf(error instanceof DirectoryError ? error : calledOff()) }
    })
    parentPort?.postMessage({ id, ...answer } satisfies LoadingAnswer)
  }

  parentPort?.on('message', (message: LoadingMessage) => {
    switch (message.kind) {
      case 'commit': {
        const { id, commit } = message
        const begin = Promise.withResolvers<undefined>()
        begins.set(id, begin)
        const changes = JSON.parse(commit.changes) as UserCommit['changes']
        void write(id, { ...commit, changes, after: begin.promise })
        break
      }
      case 'begin':
      case 'call-off': {
        const begin = begins.get(message.id)
        begins.delete(message.id)
        if (message.kind === 'begin') begin?.resolve(undefined)
        else begin?.reject(calledOff())
        break
      }
      case 'close':
        void Promise.resolve(writer.close()).then(() => parentPort?.close())
    }
  })
}

function calledOff(): DirectoryError {
  return new DirectoryError('unavailable', 'What this was to come after failed.', { retryAfterS: 1 })
}
