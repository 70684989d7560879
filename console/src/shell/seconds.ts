/** `90` as `1 minute 30 seconds`. */
export function secondsInWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  const rest = seconds % 60
  const words = (count: number, unit: string) => (count === 0 ? [] : [`${count} ${unit}${count === 1 ? '' : 's'}`])
  return [...words(minutes, 'minute'), ...words(rest, 'second')].join(' ') || '0 seconds'
}
