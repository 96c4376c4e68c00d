// The product's side of the benchmark, a process of its own like the worker: reads facts from the environment, prints one line of JSON.
import { randomBytes } from 'node:crypto'
import { builtInNodes } from '#nodes/all.ts'
import type { Host } from '#runtime/host.ts'
import { createRegistry } from '#runtime/registry.ts'
import type { Clock, Log } from '#runtime/sdk/index.ts'
import { PostgresConnection } from '#server/connections/postgres/postgres.ts'
import { createPool } from '#server/database/connect.ts'
import { createBoss } from '#server/jobs/boss.ts'
import { makeHashKey } from '#server/ledger/workspace-key.ts'
import { startRun } from '#server/runs/start.ts'
import { uuidV7 } from '#server/runs/uuid.ts'
import { createBox, keyRing } from '#server/secrets/box.ts'
import { startEngine } from '#server/worker/engine.ts'
import { createPlans } from '#server/worker/plans.ts'
import provider from './provider-simple.ts'

const { BENCH_PLATFORM = '', BENCH_SOURCE = '', BENCH_PROVIDER = '', BENCH_SQL = '', BENCH_TEMPLATE = '' } = process.env
const concurrency = Number(process.env['BENCH_LANES'] ?? 4)

const quiet = (): void => undefined
const loud = (message: string, fields?: unknown): void => console.error(message, fields)
const log: Log = { debug: quiet, info: quiet, warn: loud, error: loud }
const clock: Clock = { now: () => new Date(), sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) }
const source = new PostgresConnection({ url: BENCH_SOURCE, timezone: 'Asia/Seoul' }, log)
const refuse = () => Promise.reject(new Error('The benchmark asks nothing'))
const known = (id: string) =>
  id === 'source'
    ? { id, name: id, kind: 'postgres', role: 'database' as const, channels: [], dialect: 'postgres' }
    : { id, name: id, kind: 'bench', role: 'provider' as const, channels: ['sms'], dialect: null }
const host: Host = { connection: async () => source, known, queries: { answer: refuse }, http: { request: refuse }, clock, log }

const ring = keyRing(randomBytes(32))
const runKeys = createBox(ring, 'run-key')
const workspaceKeys = createBox(ring, 'workspace')
const pool = createPool({ url: BENCH_PLATFORM, log, max: 16 })
const boss = await createBoss({ databaseUrl: BENCH_PLATFORM, log })
const settings = { url: BENCH_PROVIDER, concurrency }
const session = provider.open({ settings, secrets: {} }, { log, clock, http: { request: refuse } })
const engine = await startEngine({
  databaseUrl: BENCH_PLATFORM,
  pool,
  boss,
  runKeys,
  workspaceKeys,
  log,
  clock,
  plans: createPlans({ registry: createRegistry({ nodes: builtInNodes, providers: [provider] }), host: async () => host }),
  nodeTypes: [],
  host: async () => host,
  provider: async () => ({ type: provider, session, settings }),
  onLost: () => process.exit(1),
})

const variables = Object.fromEntries(['name', 'company_name', 'plan', 'amount', 'date'].map((name) => [name, { column: name }]))
const node = (id: string, type: string, config: unknown) => ({ id, type, typeVersion: 1, position: { x: 0, y: 0 }, config })
const chain = ['start', 'source', 'fill', 'text', 'send']
const ports = ['start', 'rows', 'rows', 'messages']
const document = {
  schemaVersion: 1,
  name: 'Benchmark',
  nodes: [
    node('start', 'manual-trigger', {}),
    node('source', 'sql-source', { connection: 'source', sql: BENCH_SQL }),
    node('fill', 'mapping', { variables }),
    node('text', 'template', { text: BENCH_TEMPLATE }),
    node('send', 'send-sms', { connection: 'provider', address: 'phone', expiresAfter: 1440 }),
  ],
  edges: ports.map((port, at) => ({
    id: `e${at}`,
    source: chain[at],
    sourcePort: port,
    target: chain[at + 1],
    targetPort: port,
  })),
}
const described = await source.describe(BENCH_SQL)
const pinned = {
  document,
  nodeTypes: {},
  described: { source: described },
  templates: {},
  connections: {},
  timezone: 'Asia/Seoul',
}
const [workspaceId, workflowId, versionId] = [uuidV7(), uuidV7(), uuidV7()]
await pool.query('insert into workspace (id, name, hash_key_enc) values ($1, $2, $3)', [
  workspaceId,
  'bench',
  makeHashKey(workspaceKeys, workspaceId),
])
await pool.query('insert into workflow (id, workspace_id, name, document) values ($1, $2, $3, $4)', [
  workflowId,
  workspaceId,
  'bench',
  JSON.stringify(document),
])
await pool.query(
  'insert into workflow_version (id, workspace_id, workflow_id, version, revision, pinned) values ($1, $2, $3, 1, 1, $4)',
  [versionId, workspaceId, workflowId, JSON.stringify(pinned)],
)

const cpuBefore = process.cpuUsage()
const startedAt = performance.now()
const started = await startRun({ pool, boss, runKeys }, { workspaceId, workflowId, versionId, trigger: 'manual', actor: 'bench' })
interface End {
  state: number
  reason: unknown
  outcomes: Record<string, number>
  law: { holds: boolean; broken: unknown[] }
}
let end: End | undefined
while (!end || end.state < 5) {
  if (end?.state === 4) break
  await clock.sleep(10)
  end = (await pool.query<End>('select state, reason, outcomes, law from workflow_run where id = $1', [started?.runId])).rows[0]
}
const seconds = (performance.now() - startedAt) / 1000
const cpu = process.cpuUsage(cpuBefore)
if (end.state !== 6 || !end.law.holds) throw new Error(`The run did not end well: ${JSON.stringify(end)}`)
const messages = end.outcomes['sent'] ?? 0
console.log(
  JSON.stringify({
    messages,
    seconds,
    perSecond: Math.round(messages / seconds),
    cpuMicros: (cpu.user + cpu.system) / messages,
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
)
await engine.stop()
await source.close()
await boss.stop({ graceful: false })
await pool.end()
process.exit(0)
