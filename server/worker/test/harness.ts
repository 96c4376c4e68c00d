import { randomBytes, randomUUID } from 'node:crypto'
import type { PgBoss } from 'pg-boss'
import type { Plan } from '#runtime/compile/plan.ts'
import type { Host } from '#runtime/host.ts'
import type { AppError } from '#runtime/sdk/index.ts'
import { MESSAGE_STATES, RUN_STATES } from '#schemas/states.ts'
import { createBoss } from '#server/jobs/boss.ts'
import { makeHashKey } from '#server/ledger/workspace-key.ts'
import { cancelRun } from '#server/runs/cancel.ts'
import { startRun } from '#server/runs/start.ts'
import { createBox, keyRing } from '#server/secrets/box.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import type { EngineDeps, OpenProvider, Tuning } from '../engine-deps.ts'
import { startEngine, type Engine } from '../engine.ts'

/** A database with a workspace, and engines that run plans made by hand. */
export interface Bench {
  readonly database: TestDatabase
  readonly boss: PgBoss
  readonly plans: Map<string, Plan>
  readonly providers: Map<string, OpenProvider>
  readonly changed: { error: AppError | null }
  engine(tuning?: Tuning): Promise<Engine>
  start(plan: Plan): Promise<string>
  cancel(runId: string): Promise<void>
  state(runId: string): Promise<string>
  until(runId: string, states: readonly string[], ms?: number): Promise<RunRow>
  messages(runId: string): Promise<MessageRow[]>
  close(): Promise<void>
}

export interface RunRow {
  run_no: number
  state: string
  reason: { code: string } | null
  total: number
  chosen_out: number
  outcomes: Record<string, number>
  law: { holds: boolean; compared: number; broken: unknown[] } | null
}

export interface MessageRow {
  node_no: number
  seq: number
  attempt: number
  state: string
  error_code: string | null
  address_hash: string | null
  provider_id: string | null
}

const ring = keyRing(randomBytes(32))
const workspaceId = '00000000-0000-7000-8000-000000000001'
const clock = {
  now: () => new Date(),
  sleep: (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, ms)
      signal?.addEventListener('abort', () => (clearTimeout(timer), reject(signal.reason as Error)))
    }),
}
const log = process.env['ALIMFLOW_TEST_LOG']
  ? { debug: console.error, info: console.error, warn: console.error, error: console.error }
  : quietLog()
const refuse = () => Promise.reject(new Error('This test reaches nothing outside'))
const host: Host = { connection: refuse, known: () => null, queries: { answer: refuse }, http: { request: refuse }, clock, log }

export async function openBench(): Promise<Bench> {
  const database = await testDatabase()
  const { pool } = database
  const runKeys = createBox(ring, 'run-key')
  const workspaceKeys = createBox(ring, 'workspace')
  await pool.query('insert into workspace (id, name, hash_key_enc) values ($1, $2, $3)', [
    workspaceId,
    'test',
    makeHashKey(workspaceKeys, workspaceId),
  ])
  const boss = await createBoss({ databaseUrl: database.url, log })
  const bench: Bench & { engines: Engine[] } = {
    database,
    boss,
    engines: [],
    plans: new Map(),
    providers: new Map(),
    changed: { error: null },
    async engine(tuning = {}) {
      const engineBoss = await createBoss({ databaseUrl: database.url, log })
      const deps: EngineDeps = {
        databaseUrl: database.url,
        pool,
        boss: engineBoss,
        runKeys,
        workspaceKeys,
        log,
        clock,
        plans: {
          plan: async (pinned) => bench.plans.get(pinned.document.name) as Plan,
          changed: async () => bench.changed.error,
        },
        nodeTypes: [],
        host: async () => host,
        provider: async (_workspace, id) => bench.providers.get(id) as OpenProvider,
        onLost: () => undefined,
        tuning: { tickMs: 200, retryWaits: [100, 100], ...tuning },
      }
      const engine = await startEngine(deps)
      const stop = async (): Promise<void> => {
        await engine.stop()
        await engineBoss.stop({ graceful: false })
      }
      const both = { no: engine.no, stop }
      bench.engines.push(both)
      return both
    },
    async start(plan) {
      const name = randomUUID()
      bench.plans.set(name, plan)
      const { rows } = await pool.query<{ workflow: string; version: string }>(
        `with w as (insert into workflow (id, workspace_id, name, document) values (gen_random_uuid(), $1, $2, '{}') returning id)
         insert into workflow_version (id, workspace_id, workflow_id, version, revision, pinned) select gen_random_uuid(), $1, w.id, 1, 1, $3 from w
         returning workflow_id as workflow, id as version`,
        [workspaceId, name, JSON.stringify({ document: { name }, templates: {}, timezone: 'Asia/Seoul' })],
      )
      const { workflow = '', version = '' } = rows[0] ?? {}
      const started = await startRun(
        { pool, boss, runKeys },
        { workspaceId, workflowId: workflow, versionId: version, trigger: 'manual', actor: 'test' },
      )
      return started?.runId ?? ''
    },
    cancel: (runId) => cancelRun({ pool, boss, runKeys }, { workspaceId, runId, actor: 'test' }),
    async state(runId) {
      const { rows } = await pool.query<{ state: number }>('select state from workflow_run where id = $1', [runId])
      return RUN_STATES[rows[0]?.state ?? -1] ?? ''
    },
    async until(runId, states, ms = 15_000) {
      const end = Date.now() + ms
      for (;;) {
        const state = await bench.state(runId)
        if (states.includes(state)) break
        if (Date.now() > end) throw new Error(`The run is still ${state}: ${JSON.stringify(await chunksOf(database, runId))}`)
        await clock.sleep(20)
      }
      const { rows } = await pool.query<RunRow & { state: number }>('select * from workflow_run where id = $1', [runId])
      const row = rows[0] as RunRow & { state: number }
      return { ...row, run_no: Number(row.run_no), state: RUN_STATES[row.state] as string }
    },
    async messages(runId) {
      const { rows } = await pool.query<Omit<MessageRow, 'state'> & { state: number }>(
        'select m.* from messages m join workflow_run r using (run_no) where r.id = $1 order by node_no, seq, attempt',
        [runId],
      )
      return rows.map((row) => ({ ...row, state: MESSAGE_STATES[row.state] as string }))
    },
    async close() {
      for (const engine of bench.engines.splice(0)) await engine.stop()
      await boss.stop({ graceful: false })
      await database.close()
    },
  }
  return bench
}

export async function chunksOf(database: TestDatabase, runId: string): Promise<unknown[]> {
  const { rows } = await database.pool.query<Record<string, unknown>>(
    `select node_no, no, attempt, n, state, claimed, epoch, doubt, sent, failed, unconfirmed, skipped, moved from run_chunk
     where run_no = (select run_no from workflow_run where id = $1) order by 1, 2`,
    [runId],
  )
  return rows
}
