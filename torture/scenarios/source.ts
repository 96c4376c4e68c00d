import { readAccepted } from '../fake/accepted.ts'
import type { Platform } from '../harness/platform.ts'
import { Proxy } from '#server/test/proxy.ts'
import type { Round } from '../harness/round.ts'
import type { Scenario } from './scenario.ts'

/** Wide rows, so that the answer is read in many pieces: some 10 MB. */
const SQL = `select id, name, phone, store_id, repeat('x', 2000) as pad from people order by id`
const BYTES = 3_000_000
/** A silent source must be noticed in this time: after five minutes of silence (server/connections/silence.ts), and a little. */
const PATIENCE_MS = 420_000

/** A source that dies, or goes silent, in the middle of the audience: nothing is sent, and the error says so. */
export function sourceScenarios(times: number): Scenario[] {
  return (['cut', 'silent'] as const).map((mode): Scenario => {
    const name = `source ${mode} in mid-stream`
    return { name, group: 'source', times, play: (platform) => play(platform, name, mode) }
  })
}

async function play(platform: Platform, scenario: string, mode: 'cut' | 'silent'): Promise<Round> {
  const proxy = await Proxy.start(platform.source.login.port)
  try {
    const source = await platform.sourceConnection(proxy.port)
    const acceptedBefore = readAccepted(platform.fake.logFile).length
    const begun = performance.now()
    // What saving and checking the workflow asks is small and passes.
    proxy.after(BYTES, mode)
    const runId = await platform.execute('plain', 'lookup', { source, sql: SQL })
    const run = await platform.until(runId, ['failed', 'paused', 'completed'], PATIENCE_MS)
    const rows = await platform.database.query('select 1 from messages where run_no = $1', [run.runNo])
    const accepted = readAccepted(platform.fake.logFile).length - acceptedBefore
    const violations: string[] = []
    if (run.state !== 'failed') violations.push(`the run stands at ${run.state}`)
    if (!['source-broken', 'source-silent', 'connection-failed', 'sql-timeout'].includes(run.reason?.code ?? ''))
      violations.push(`the reason is ${JSON.stringify(run.reason)}`)
    if (accepted > 0 || rows.length > 0) violations.push(`${accepted} calls, ${rows.length} messages: something was sent`)
    return {
      scenario,
      channel: 'lookup',
      shape: 'plain',
      struck: true,
      inFlight: 0,
      state: run.state,
      reason: run.reason?.code ?? null,
      codes: [],
      seconds: Math.round((performance.now() - begun) / 100) / 10,
      recipients: 0,
      sent: 0,
      unconfirmed: 0,
      unconfirmedAccepted: 0,
      failed: 0,
      duplicates: 0,
      lost: 0,
      violations,
    }
  } finally {
    await proxy.stop()
  }
}
