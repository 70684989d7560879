import { random, type Random } from '../src/cli/demo/random.ts'
import { LIVE } from '../src/core/filter.ts'
import { parseSearch } from '../src/core/search.ts'
import type { Store } from '../src/core/store.ts'
import { fold } from '../src/core/text.ts'
import { openStore } from '../src/storage/index.ts'

const QUERIES = 300
/** The same searches in every run. */
const SEED = 7
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'.split('')
/** Shorter names have too many names one edit away for anybody to say which was meant. */
const LENGTH_MIN = 4

/**
 * How often somebody with the name that was meant is among the first ten, when one letter of a family name is wrong, missing,
 * doubled in place of another or swapped with the next: half of the searches by that name alone, half with the given name.
 */
export async function recallAt10(url: string): Promise<number> {
  const store = await openStore(url)
  try {
    const chance = random(SEED)
    let found = 0
    for (let query = 0; query < QUERIES; query++) {
      const [given, family] = await someName(store, chance)
      const typed = query % 2 === 0 ? edited(family, chance) : `${given} ${edited(family, chance)}`
      const page = { kind: 'offset', offset: 0, limit: 10 } as const
      const { users } = await store.users({
        filter: LIVE,
        search: parseSearch(typed, false),
        sort: [],
        page,
        total: false,
      })
      if (users.some(({ familyName }) => fold(familyName ?? '') === family)) found++
    }
    return found / QUERIES
  } finally {
    await store.close()
  }
}

// The names of somebody, drawn by number, in the letters that a keyboard has.
async function someName(store: Store, chance: Random): Promise<readonly [given: string, family: string]> {
  const { total } = await store.users({
    filter: LIVE,
    sort: [],
    page: { kind: 'offset', offset: 0, limit: 1 },
    total: true,
  })
  for (;;) {
    const offset = chance.integer(0, (total ?? 1) - 1)
    const { users } = await store.users({
      filter: LIVE,
      sort: [],
      page: { kind: 'offset', offset, limit: 1 },
      total: false,
    })
    const [given, family] = [fold(users[0]?.givenName ?? ''), fold(users[0]?.familyName ?? '')]
    if (/^[a-z]+$/.test(given) && /^[a-z]+$/.test(family) && family.length >= LENGTH_MIN) return [given, family]
  }
}

function edited(name: string, chance: Random): string {
  const at = chance.integer(0, name.length - 2)
  const letter = chance.pick(LETTERS)
  const [before, rest] = [name.slice(0, at), name.slice(at)]
  switch (chance.integer(0, 3)) {
    case 0:
      return before + letter + rest.slice(1)
    case 1:
      return before + rest.slice(1)
    case 2:
      return before + letter + rest
    default:
      return before + (rest[1] ?? '') + (rest[0] ?? '') + rest.slice(2)
  }
}
