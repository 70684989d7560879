import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  laidOutRows,
  placeAt,
  scrolled,
  type Geometry,
  type ScrollPlace,
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
const part = fc.double({ min: 0, max: 1, noNaN: true })
const laidOutPx = (list: Geometry) => laidOutRows(list) * list.rowPx
const topMax = (list: Geometry) => Math.max(0, laidOutPx(list) - list.viewPx)
const offsetMax = (list: Geometry) => Math.max(0, list.rows * list.rowPx - list.viewPx)
const offsetOf = ({ base, top }: ScrollPlace, { rowPx }: Geometry) => base * rowPx + top
/** The rows that are seen, from the first to the last, both included. */
const rowsSeen = (place: ScrollPlace, list: Geometry) => {
  const offset = offsetOf(place, list)
  const last = Math.ceil((offset + list.viewPx) / list.rowPx) - 1
  return [Math.floor(offset / list.rowPx), Math.min(list.rows - 1, last)]
}
const START: ScrollPlace = { base: 0, top: 0 }
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
      fc.property(geometry, part, (list, share) => {
        const somewhere = scrolled(START, topMax(list) * share, list)
        assert.deepEqual(scrolled(somewhere, 0, list), START)
        const [, last] = rowsSeen(scrolled(somewhere, topMax(list), list), list)
        assert.equal(last, list.rows - 1)
      }),
      runs(300),
    )
    // Also by a small step, which would move rows by as much anywhere else.
    const near = placeAt(offsetMax(MILLION) - 5000, MILLION)
    assert.equal(rowsSeen(scrolled(near, topMax(MILLION), MILLION), MILLION)[1], 999_999)
  })

  it('follows the wheel pixel by pixel, however long the list is', () => {
    const middle = placeAt(500_000 * 40, MILLION)
    for (const step of [-3000, -1, 1, 100]) {
      const next = scrolled(middle, middle.top + step, MILLION)
      assert.equal(offsetOf(next, MILLION) - offsetOf(middle, MILLION), step)
    }
    assert.deepEqual(rowsSeen(scrolled(middle, middle.top + 100, MILLION), MILLION), [500_002, 500_017])
  })

  it('goes to the same part of the list to which the scroll bar is dragged', () => {
    const place = scrolled(START, topMax(MILLION) * 0.9, MILLION)
    const [first = 0] = rowsSeen(place, MILLION)
    assert.ok(Math.abs(first - 900_000) < 20, String(first))
  })

  it('puts the scroll bar where it belongs without moving a row', () => {
    fc.assert(
      fc.property(geometry, part, (list, share) => {
        const offset = offsetMax(list) * share
        const place = placeAt(offset, list)
        assert.ok(Math.abs(offsetOf(place, list) - offset) < 1e-6)
        assert.ok(Math.abs(place.top - topMax(list) * share) <= list.rowPx)
      }),
      runs(300),
    )
  })

  it('lays out the rows of every place, and has the scroll bar at an end only where the list is', () => {
    fc.assert(
      fc.property(geometry, part, (list, share) => {
        const offset = offsetMax(list) * share
        const { base, top } = placeAt(offset, list)
        assert.ok(Number.isInteger(base) && base >= 0 && base + laidOutRows(list) <= list.rows)
        assert.ok(top >= 0 && top <= topMax(list))
        assert.equal(top === 0, offset === 0)
        if (top === topMax(list)) assert.ok(Math.abs(offset - offsetMax(list)) < 1e-6)
      }),
      runs(300),
    )
  })
})
