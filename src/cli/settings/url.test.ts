import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addressToOpen } from './url.ts'

describe('the address to open', () => {
  for (const [listening, opened] of [
    ['http://0.0.0.0:8080', 'http://127.0.0.1:8080'],
    ['http://[::]:8080', 'http://[::1]:8080'],
  ] as const) {
    it(`is the machine's own where ${listening} is listened at`, () => {
      assert.equal(addressToOpen(listening), opened)
    })
  }

  for (const listening of ['http://127.0.0.1:80', 'http://[::1]:80', 'http://10.0.0.0:80', 'http://[fd00::]:80']) {
    it(`is ${listening} where that is listened at`, () => {
      assert.equal(addressToOpen(listening), listening)
    })
  }
})
