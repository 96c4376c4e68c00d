/**
 * Something a test needs is not on this machine: said loudly, and under ALIMFLOW_TEST_STRICT=1 (continuous integration) an
 * error, so that a skipped test can never pass for a green one. Gives the reason, for `test.skipIf`.
 */
export function missing(what: string, how: string): string {
  const reason = `SKIPPED: tests with ${what}, which is not on this machine. ${how}`
  if (process.env.ALIMFLOW_TEST_STRICT === '1') throw new Error(reason)
  process.stderr.write(`\n*** ${reason}\n\n`)
  return reason
}
