/** Conditions of PostgreSQL that concern the connection and not the statement: it shuts down, starts, is full, is gone. */
const STATES = /^(08...|57P0[1-5]|53300|3D000)$/
const SYSTEM = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/** Did a statement fail because the platform's own database cannot be reached, rather than because of what it says? */
export function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError) return error.errors.some(isDatabaseDown)
  const code = 'code' in error ? String(error.code) : ''
  if (STATES.test(code) || SYSTEM.has(code)) return true
  // A socket file that is not there; any other missing file is another matter.
  if (code === 'ENOENT') return 'syscall' in error && error.syscall === 'connect'
  return /^Connection terminated|^timeout exceeded when trying to connect|not currently accepting connections$/.test(
    error.message,
  )
}
