import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { treeLines, type TreeLine } from '../../console/src/customers/tree-lines.ts'
import { keyTowards, stepFor } from '../../console/src/customers/tree-step.ts'

type Node = Parameters<typeof treeLines>[0][number]

const node = (id: number, name: string, children: readonly Node[] = []): Node => {
  const at = '2026-11-22T08:00:00.000Z'
  return { id, code: `code-${id}`, name, parentId: null, createdAt: at, updatedAt: at, revision: 1, children }
}
const FOREST = [node(1, 'Acme', [node(2, 'Acme Süd', [node(3, 'Keller')]), node(4, 'Acme Nord')]), node(5, 'Zeta')]
const names = (lines: readonly TreeLine[]) => lines.map(({ customer, level }) => `${level} ${customer.name}`)
const open = () => false

describe('the lines of the customer tree', () => {
  it('are parents before children, with their level and their place among siblings', () => {
    const lines = treeLines(FOREST, '', open)
    assert.deepEqual(names(lines), ['1 Acme', '2 Acme Süd', '3 Keller', '2 Acme Nord', '1 Zeta'])
    assert.deepEqual(
      lines.map(({ siblings, position, isOpen, parentId }) => [siblings, position, isOpen, parentId]),
      [
        [2, 1, true, null],
        [2, 1, true, 1],
        [1, 1, null, 2],
        [2, 2, null, 1],
        [2, 2, null, null],
      ],
    )
  })

  it('leave out what is folded', () => {
    const lines = treeLines(FOREST, '', (id) => id === 2)
    assert.deepEqual(names(lines), ['1 Acme', '2 Acme Süd', '2 Acme Nord', '1 Zeta'])
    assert.equal(lines[1]?.isOpen, false)
  })

  it('are with a search those that hold all its words, and what lies above, whatever is folded', () => {
    assert.deepEqual(names(treeLines(FOREST, 'SUD', () => true)), ['1 Acme', '2 Acme Süd'])
    assert.deepEqual(names(treeLines(FOREST, 'keller', open)), ['1 Acme', '2 Acme Süd', '3 Keller'])
    assert.deepEqual(names(treeLines(FOREST, 'code-5', open)), ['1 Zeta'])
    assert.deepEqual(names(treeLines(FOREST, ' Süd  2', open)), ['1 Acme', '2 Acme Süd'])
    assert.deepEqual(names(treeLines(FOREST, 'acme zeta', open)), [])
  })
})

describe('a key in the customer tree', () => {
  const lines = treeLines(FOREST, '', (id) => id === 2)
  const step = (key: string, index: number) => stepFor(key, lines, index, 10)

  it('walks over the lines and stays within them', () => {
    assert.deepEqual(step('ArrowDown', 0), { kind: 'go', index: 1 })
    assert.deepEqual(step('ArrowDown', 3), { kind: 'go', index: 3 })
    assert.deepEqual(step('ArrowUp', 0), { kind: 'go', index: 0 })
    assert.deepEqual(step('End', 0), { kind: 'go', index: 3 })
    assert.deepEqual(step('Home', 3), { kind: 'go', index: 0 })
    assert.deepEqual(step('PageDown', 1), { kind: 'go', index: 3 })
  })

  it('opens and folds, and goes into and out of a branch', () => {
    assert.deepEqual(step('ArrowRight', 1), { kind: 'turn' })
    assert.deepEqual(step('ArrowRight', 0), { kind: 'go', index: 1 })
    assert.deepEqual(step('ArrowLeft', 0), { kind: 'turn' })
    assert.deepEqual(step('ArrowLeft', 1), { kind: 'go', index: 0 })
    assert.equal(step('ArrowRight', 3), null)
    assert.equal(step('ArrowLeft', 3), null)
    assert.equal(step('x', 0), null)
  })

  it('is the other way round on a page that runs from right to left', () => {
    assert.deepEqual(
      ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'Home'].map((key) => keyTowards(key, 'rtl')),
      ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'Home'],
    )
    assert.equal(keyTowards('ArrowLeft', 'ltr'), 'ArrowLeft')
  })
})
