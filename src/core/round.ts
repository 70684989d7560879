/**
 * The round of the event loop that is under way. All that the system hands over at once comes in one round, and had come before
 * it began; what it hands over later comes in one with a greater number. No clock: it tells only what came together.
 */
export function round(): number {
  const { loopCount, events } = performance.nodeTiming.uvMetricsInfo
  // A loop that is handed as much as it takes at once asks for more before it goes on.
  return loopCount + events
}
