import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DirectoryError } from '../../core/error.ts'
import type { PublicCall } from '../dialect.ts'
import { assertVersion } from './version.ts'

function asked(path: string | undefined, header?: string): PublicCall {
  const call: Partial<PublicCall> = {
    header: () => header,
    pathParameters: path === undefined ? {} : { version: path },
  }
  return call as PublicCall
}

describe('assertVersion', () => {
  it('lets 1 and 1.0 pass, and a good header over any path', () => {
    for (const call of [
      asked('1'),
      asked('1.0'),
      asked('9', 'v1'),
      asked('9', 'V1.0'),
      asked(undefined, '1'),
      asked(undefined),
    ]) {
      assert.doesNotThrow(() => assertVersion(call))
    }
  })

  it('does not find any other version', () => {
    for (const call of [
      asked('2'),
      asked('1.1'),
      asked(''),
      asked('v1'),
      asked('1', 'v2'),
      asked('1', ''),
      asked('1', 'v\n\ud800'),
    ]) {
      assert.throws(
        () => assertVersion(call),
        (error) => error instanceof DirectoryError && error.code === 'not_found' && error.message.isWellFormed(),
      )
    }
  })
})
