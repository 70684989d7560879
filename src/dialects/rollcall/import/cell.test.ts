import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json } from '../../../core/user.ts'
import * as cell from './cell.ts'
import type { Column } from './column.ts'

function reads(column: Column, expected: readonly (readonly [Json, Json | undefined])[]): void {
  for (const [given, meant] of expected) assert.deepEqual(column.read(given), meant, JSON.stringify(given))
}

function refuses(column: Column, given: readonly Json[]): void {
  for (const one of given) assert.throws(() => column.read(one), { name: 'DirectoryError' }, JSON.stringify(one))
}

describe('a cell', () => {
  it('is a moment: RFC 3339, or a date with or without a time, in UTC', () => {
    reads(cell.instant('validFrom', ['Never']), [
      ['2024-05-01T12:00:00+02:00', '2024-05-01T10:00:00.000Z'],
      ['2024-05-01', '2024-05-01T00:00:00.000Z'],
      ['2024/5/1 7:08', '2024-05-01T07:08:00.000Z'],
      ['2024-05-01 07:08:09.123456', '2024-05-01T07:08:09.123Z'],
      [' NEVER ', null],
    ])
    refuses(cell.instant('validFrom'), ['2024-02-30', '01/02/2024', '5', 5, 'soon', '2024-05-01T25:00:00', true])
  })

  it('is a moment month first only where Microsoft wrote it', () => {
    reads(cell.monthFirstInstant('createdAt'), [
      ['8/19/2021 1:25:31 PM', '2021-08-19T13:25:31.000Z'],
      ['12/1/2022 12:00:00 AM', '2022-12-01T00:00:00.000Z'],
      ['12/1/2022 12:30 PM', '2022-12-01T12:30:00.000Z'],
      ['12/31/2022', '2022-12-31T00:00:00.000Z'],
      ['2021-08-19T13:25:31Z', '2021-08-19T13:25:31.000Z'],
    ])
    refuses(cell.monthFirstInstant('createdAt'), [
      '19/8/2021 1:25:31 PM',
      '8/19/2021 13:25:31 PM',
      '8/19/2021 0:00:00 AM',
    ])
  })

  it('is yes or no', () => {
    reads(cell.flag('status', 'active', 'inactive'), [
      ['True', 'active'],
      [true, 'active'],
      [' no ', 'inactive'],
      ['0', 'inactive'],
    ])
    refuses(cell.flag('status', 'active', 'inactive'), ['maybe', 2, []])
  })

  it('is one of the words of its source, or of the core', () => {
    reads(cell.status({ LOCKED_OUT: 'locked' }), [
      ['locked_out', 'locked'],
      ['Suspended', 'suspended'],
    ])
    assert.throws(() => cell.status({ LOCKED_OUT: 'locked' }).read('gone'), /one of active, .*LOCKED_OUT, not "gone"/)
  })

  it('is a list or a map, as JSON or as people write them', () => {
    reads(cell.list('phones'), [
      ['+1, +2;+3\n', ['+1', '+2', '+3']],
      ['["a,b"]', ['a,b']],
      [['x'], ['x']],
    ])
    reads(cell.map('tags'), [
      ['role=admin; site = B=7', { role: 'admin', site: 'B=7' }],
      ['{"a":"1"}', { a: '1' }],
    ])
    refuses(cell.map('tags'), ['role', '{"a":', '=x'])
    refuses(cell.list('phones'), ['["a"'])
  })

  it('is a whole number', () => {
    reads(cell.integer('adminDevices'), [
      [' 7 ', 7],
      [7, 7],
    ])
    refuses(cell.integer('adminDevices'), ['7.5', '1e3', '0x10', 'seven'])
  })

  it('names an author only by a UUID', () => {
    reads(cell.author('createdBy'), [
      ['98D91CD7-860D-4869-937A-5AF32EFF2F4A', '98d91cd7-860d-4869-937a-5af32eff2f4a'],
      [{ id: '98d91cd7-860d-4869-937a-5af32eff2f4a', firstname: 'C' }, '98d91cd7-860d-4869-937a-5af32eff2f4a'],
      [{ id: 'don:identity:x' }, undefined],
      ['admin', undefined],
    ])
  })

  it('shows no more than an excerpt of what is refused', () => {
    assert.throws(
      () => cell.integer('number').read('9'.repeat(500)),
      (error: Error) => error.message.length < 120,
    )
  })
})
