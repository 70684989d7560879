import { isIP } from 'node:net'

/** Whether a text is an IP address, or a CIDR range of less than all of them: `10.0.0.0/8`. */
export function isAddressRange(value: string): boolean {
  const [address = '', length, ...rest] = value.split('/')
  const family = address.includes('%') ? 0 : isIP(address)
  if (family === 0 || rest.length > 0) return false
  const longest = family === 4 ? 32 : 128
  return length === undefined || (/^[1-9]\d{0,2}$/.test(length) && Number(length) <= longest)
}
