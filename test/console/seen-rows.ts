import type { Locator } from 'playwright-core'

interface Box {
  readonly top: number
  readonly bottom: number
}
interface Drawn {
  readonly getBoundingClientRect: () => Box
  readonly querySelectorAll: (selector: string) => Iterable<Drawn & { readonly dataset: { readonly row: string } }>
}

/** The rows of a users list that are seen as a whole, from the first to the last, counted from 0. */
export function seenRows(grid: Locator): Promise<readonly number[]> {
  return grid.evaluate((box) => {
    const list = box as unknown as Drawn
    const { bottom } = list.getBoundingClientRect()
    const heads = [...list.querySelectorAll('[role=columnheader]')]
    const top = Math.max(...heads.map((one) => one.getBoundingClientRect().bottom))
    return [...list.querySelectorAll('[data-row]')]
      .filter((row) => row.getBoundingClientRect().top > top - 1 && row.getBoundingClientRect().bottom < bottom + 1)
      .map(({ dataset }) => Number(dataset.row))
  })
}
