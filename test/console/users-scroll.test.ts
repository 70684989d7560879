import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  laidOutPx,
  offsetShowing,
  placeAt,
  rowsSeen,
  scrolled,
  START,
  type Geometry,
} from '../../console/src/pages/users/table/row-scroll.ts'
import { runs } from '../arbitrary/runs.ts'

const geometry: fc.Arbitrary<Geometry> = fc.record(
  {
    rows: fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 20_000_000 })),
    rowPx: fc.constant(40),
    viewPx: fc.integer({ min: 40, max: 3000 }),
  },
  { noNullPrototype: true },
)
const topMax = (list: Geometry) => Math.max(0, laidOutPx(list) - list.viewPx)
const MILLION: Geometry = { rows: 1_000_000, rowPx: 40, viewPx: 600 }

describe('Scrolling a list of any length', () => {
  it('lays out no more than any browser can', () => {
    fc.assert(
      fc.property(geometry, (list) => assert.ok(laidOutPx(list) <= 8_000_000)),
      runs(200),
    )
  })

  it('shows the first row at the top and the last at the bottom', () => {
    fc.assert(
      fc.property(geometry, fc.double({ min: 0, max: 1, noNaN: true }), (list, part) => {
        const somewhere = scrolled(START, topMax(list) * part, list)
        assert.deepEqual(scrolled(somewhere, 0, list), START)
        const [, last] = rowsSeen(scrolled(somewhere, topMax(list), list), list)
        assert.equal(last, list.rows - 1)
      }),
      runs(300),
    )
    // Also by a small step, which would move rows by as much anywhere else.
    const near = placeAt(MILLION.rows * MILLION.rowPx - 5600, MILLION)
    assert.equal(rowsSeen(scrolled(near, topMax(MILLION), MILLION), MILLION)[1], 999_999)
  })

  it('follows the wheel pixel by pixel, however long the list is', () => {
    const middle = placeAt(500_000 * 40, MILLION)
    const far = scrolled(middle, middle.top - 3000, MILLION)
    assert.equal(far.offset - middle.offset, -3000)
    const next = scrolled(middle, middle.top + 100, MILLION)
    assert.equal(next.offset - middle.offset, 100)
    assert.deepEqual(rowsSeen(next, MILLION), [500_002, 500_017])
  })

  it('goes to the same part of the list to which the scroll bar is dragged', () => {
    const place = scrolled(START, topMax(MILLION) * 0.9, MILLION)
    const [first] = rowsSeen(place, MILLION)
    assert.ok(Math.abs(first - 900_000) < 20, String(first))
  })

  it('puts the scroll bar where it belongs without moving a row', () => {
    fc.assert(
      fc.property(geometry, fc.double({ min: 0, max: 1, noNaN: true }), (list, part) => {
        const offset = Math.max(0, list.rows * list.rowPx - list.viewPx) * part
        const place = placeAt(offset, list)
        assert.equal(place.offset, offset)
        assert.ok(place.top >= 0 && place.top <= topMax(list))
      }),
      runs(300),
    )
  })

  it('brings a row into sight by the shortest way, and leaves one that is seen', () => {
    fc.assert(
      fc.property(geometry, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (list, any, part) => {
        if (list.rows === 0) return
        const row = any % list.rows
        const from = Math.max(0, list.rows * list.rowPx - list.viewPx) * part
        const offset = offsetShowing(row, from, list)
        assert.ok(offset <= row * list.rowPx && (row + 1) * list.rowPx <= offset + list.viewPx)
        assert.equal(offsetShowing(row, offset, list), offset)
      }),
      runs(300),
    )
  })
})
