import type { IncomingMessage, ServerResponse } from 'node:http'
import { DirectoryError, invalid } from '../core/error.ts'
import { excerpt } from '../core/text.ts'
import type { Body } from '../dialects/dialect.ts'

/** Whether a request brings a body (RFC 9112 §6.3). */
export function hasBody(request: IncomingMessage): boolean {
  const { headers } = request
  const length = headers['content-length']
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')
}

/**
 * The body of a request as text, or null when it has none: no bytes, and no Content-Type that promises some. Throws
 * `too_large` as soon as more than `bytesMax` are announced or have come, without reading the rest, and `invalid` for
 * a coding or an encoding other than plain UTF-8.
 */
export async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  bytesMax: number,
): Promise<Body | null> {
  const { headers } = request
  const contentType = headers['content-type']
  if (!hasBody(request)) {
    return contentType === undefined ? null : { mediaType: mediaTypeOf(contentType), text: '' }
  }
  assertChunked(headers['transfer-encoding'])
  assertPlain(headers['content-encoding'])
  const mediaType = contentType === undefined ? null : mediaTypeOf(contentType)
  if (Number(headers['content-length'] ?? 0) > bytesMax) throw tooLarge(bytesMax)
  // Node leaves the go-ahead to us, so that a client that asks first never sends what would be refused.
  if (headers.expect !== undefined) response.writeContinue()
  return { mediaType, text: decodeUtf8(await readBytes(request, bytesMax)) }
}

function mediaTypeOf(contentType: string): string {
  const [type = '', ...parameters] = contentType.split(';')
  for (const parameter of parameters) {
    const charset = /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/i.exec(parameter)?.[1]
    if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset)) {
      throw unsupported('Content-Type', 'The body must be in UTF-8.', { allowed: 'charset=utf-8', value: contentType })
    }
  }
  return type.trim().toLowerCase()
}

// RFC 9112 §6.1: what another coding made of a body is not the body.
function assertChunked(coding: string | undefined): void {
  if (coding === undefined || coding.trim().toLowerCase() === 'chunked') return
  const name = 'Transfer-Encoding'
  throw invalid('value', `${name} may only be chunked.`, {
    in: 'header',
    name,
    allowed: ['chunked'],
    value: excerpt(coding),
  })
}

function assertPlain(encoding: string | undefined): void {
  if (encoding === undefined || encoding.trim().toLowerCase() === 'identity') return
  throw unsupported('Content-Encoding', 'The body must not be compressed.', { allowed: 'identity', value: encoding })
}

function unsupported(
  name: string,
  message: string,
  { allowed, value }: { readonly allowed: string; readonly value: string },
): DirectoryError {
  const where = { in: 'header', name, allowed, value: excerpt(value) } as const
  return new DirectoryError('invalid', message, { reason: 'media_type', where })
}

function tooLarge(bytesMax: number): DirectoryError {
  const allowed = `at most ${bytesMax} bytes`
  return new DirectoryError('too_large', `The body must have ${allowed}.`, {
    reason: 'body',
    where: { in: 'body', allowed },
  })
}

function readBytes(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    const stop = (): void => {
      request.off('data', take).off('end', finish).off('close', cut).off('error', cut)
    }
    const take = (chunk: Buffer): void => {
      length += chunk.length
      chunks.push(chunk)
      if (length <= bytesMax) return
      stop()
      request.pause()
      reject(tooLarge(bytesMax))
    }
    const finish = (): void => {
      stop()
      resolve(Buffer.concat(chunks, length))
    }
    const cut = (): void => {
      stop()
      reject(invalid('syntax', 'The body ended before its end.', { in: 'body' }))
    }
    request.on('data', take).on('end', finish).on('close', cut).on('error', cut)
  })
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })

function decodeUtf8(bytes: Buffer): string {
  try {
    return UTF8.decode(bytes)
  } catch {
    throw invalid('syntax', 'The body is not well-formed UTF-8.', { in: 'body', allowed: 'UTF-8' })
  }
}
