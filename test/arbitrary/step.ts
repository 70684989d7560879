import fc from 'fast-check'
import type { Query } from '../../src/core/query.ts'
import type { Commit } from '../../src/core/store.ts'
import type { World } from '../model/list.ts'
import type { Memory } from '../model/memory.ts'
import { commit } from './commit.ts'
import { query } from './query.ts'

/** What is done to a directory one after another: questions and writes. */
export type Step =
  | { readonly ask: (world: World) => Query }
  /** Asks an earlier question once more: what an engine remembers must not outlive a commit. */
  | { readonly askAgain: number }
  | { readonly commit: (memory: Memory) => Commit }

/** Any step; questions come more often than writes. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: query.map((ask) => ({ ask })) },
  { weight: 3, arbitrary: fc.nat({ max: 30 }).map((askAgain) => ({ askAgain })) },
  { weight: 2, arbitrary: commit.map((commit) => ({ commit })) },
)
