const RAISED = Number(process.env['ROLLCALL_PROPERTY_RUNS'] ?? 0)

/** How often a property is tried: this often, or more where ROLLCALL_PROPERTY_RUNS asks for it. */
export function runs(usual: number): { readonly numRuns: number } {
  return { numRuns: Math.max(usual, Number.isSafeInteger(RAISED) ? RAISED : 0) }
}
