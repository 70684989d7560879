const RAISED = Number(process.env['ROLLCALL_PROPERTY_RUNS'] ?? 0)

/** How long a failure is made smaller before it is reported as it is. */
const SHRINKING_MS = 60_000

/** How often a property is tried: this often, or more where ROLLCALL_PROPERTY_RUNS asks for it. */
export function runs(usual: number): { readonly numRuns: number; readonly interruptAfterTimeLimit?: number } {
  return RAISED > usual ? { numRuns: RAISED } : { numRuns: usual, interruptAfterTimeLimit: SHRINKING_MS }
}
