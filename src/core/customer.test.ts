import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { runs } from '../../test/arbitrary/runs.ts'
import { forest } from '../../test/model/sample.ts'

const parents: fc.Arbitrary<Record<number, number | null>> = fc
  .array(fc.option(fc.nat(), { nil: null }), { maxLength: 20 })
  .map((above) => {
    // Ids fall along the tree, so that their order is not the order of depth.
    const id = (index: number) => 100 - index
    return Object.fromEntries(
      above.map((parent, index) => [id(index), parent === null || index === 0 ? null : id(parent % index)]),
    )
  })

function ancestors(above: Record<number, number | null>, id: number): readonly number[] {
  const parent = above[id] ?? null
  return parent === null ? [id] : [id, ...ancestors(above, parent)]
}

describe('customerTree', () => {
  it('says who is within whom, at any depth', () => {
    const tree = forest({ 1: null, 2: 1, 3: 2, 9: null })
    assert.ok(tree.isWithin(1, 1))
    assert.ok(tree.isWithin(3, 1))
    assert.ok(!tree.isWithin(1, 3))
    assert.ok(!tree.isWithin(9, 1))
  })

  it('knows nothing of customers that do not exist', () => {
    const tree = forest({ 1: null })
    assert.ok(!tree.isWithin(7, 7))
    assert.ok(!tree.isWithin(1, 7))
    assert.ok(!tree.isWithin(7, 1))
    assert.deepEqual(tree.within(7), [])
    assert.deepEqual(tree.children(7), [])
    assert.equal(tree.get(7), undefined)
  })

  it('lists parents before children and siblings by id', () => {
    const tree = forest({ 5: null, 2: 5, 9: 5, 1: 9, 3: null, 4: 2 })
    assert.deepEqual(
      tree.within().map(({ id }) => id),
      [3, 5, 2, 4, 9, 1],
    )
    assert.deepEqual(
      tree.within(9).map(({ id }) => id),
      [9, 1],
    )
    assert.deepEqual(
      tree.children(5).map(({ id }) => id),
      [2, 9],
    )
    assert.deepEqual(
      tree.children(null).map(({ id }) => id),
      [3, 5],
    )
  })

  it('agrees with walking up from every customer', () => {
    fc.assert(
      fc.property(parents, (above) => {
        const tree = forest(above)
        const ids = Object.keys(above).map(Number)
        assert.deepEqual(new Set(tree.within().map(({ id }) => id)), new Set(ids))
        assert.equal(tree.within().length, ids.length)
        for (const root of ids) {
          const below = ids.filter((id) => ancestors(above, id).includes(root))
          const within = tree.within(root).map(({ id }) => id)
          assert.deepEqual(
            within.toSorted((a, b) => a - b),
            below.toSorted((a, b) => a - b),
          )
          for (const id of ids) assert.equal(tree.isWithin(id, root), below.includes(id))
          for (const [place, id] of within.entries()) {
            const parent = above[id] ?? null
            if (id !== root && parent !== null) assert.ok(within.indexOf(parent) < place)
          }
        }
      }),
      runs(200),
    )
  })

  it('is as good for a chain of many thousands', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [index + 1, index === 0 ? null : index]),
    )
    const tree = forest(chain)
    assert.ok(tree.isWithin(20_000, 1))
    assert.equal(tree.within(1).length, 20_000)
  })
})
