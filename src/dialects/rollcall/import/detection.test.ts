import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Source } from './column.ts'
import { mappingFor } from './detection.ts'
import { core } from './sources/core.ts'

describe('the meaning of columns', () => {
  // Where each bracket were a beginning of its own, this would take an hour.
  it('is nothing for a name of a million brackets that open', () => {
    const { column } = mappingFor([], core)
    for (const bracket of ['[', '(', '[(']) assert.equal(column(bracket.repeat(1_000_000)), undefined)
    assert.equal(column('Given Name [Required] (first)')?.target, 'givenName')
  })

  it('is found without going through the source once more for each name', () => {
    let times = 0
    const columns = new Proxy(core.columns, {
      ownKeys(target) {
        times += 1
        return Reflect.ownKeys(target)
      },
    })
    const source: Source = { ...core, columns }
    const { column } = mappingFor([], source)
    for (let n = 0; n < 1000; n++) assert.equal(column(`nothing ${n}`), undefined)
    assert.equal(column('Given Name')?.target, 'givenName')
    assert.equal(times, 1)
  })

  it('is that of an object where it means something as a whole, else that of its members', () => {
    const name = fc.array(fc.constantFrom('a', 'b', 'a-', 'tags', 'email', ''), { minLength: 1, maxLength: 3 })
    const names = fc.uniqueArray(
      name.map((parts) => parts.join('.')),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(names, (all) => {
        const { column, leaves } = mappingFor(all, core)
        const expected = all.filter((one) => {
          const parent = one.slice(0, Math.max(one.indexOf('.'), 0))
          if (parent !== '' && all.includes(parent)) return column(parent) === undefined
          return column(one) !== undefined || !all.some((other) => other.startsWith(`${one}.`))
        })
        assert.deepEqual(leaves, expected)
      }),
    )
  })
})
