/** Smaller ones are collected with the rest, and most share their memory with others. */
const LARGE_BYTES = 16_384

/**
 * Gives back the memory of bytes that nobody reads any more; they are empty from then on. Left to the collector, the pages
 * of some hundred lists are so much outside its heap that it goes through all of that again and again.
 */
export function giveBack(bytes: Uint8Array): void {
  const { buffer, byteLength } = bytes
  if (byteLength >= LARGE_BYTES && byteLength === buffer.byteLength && buffer instanceof ArrayBuffer) buffer.transfer(0)
}
