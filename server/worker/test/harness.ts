import { randomBytes, randomUUID } from 'node:crypto'
import type { PgBoss } from 'pg-boss'
import type { Plan } from '#runtime/compile/plan.ts'
import type { AppError } from '#runtime/sdk/index.ts'
import { RUN_ENDS } from '#runtime/states/run-states.ts'
import { MESSAGE_STATES, RUN_STATES, type RunState } from '#schemas/states.ts'
import { createBoss } from '#server/jobs/boss.ts'
import { makeHashKey } from '#server/ledger/workspace-key.ts'
import { cancelRun } from '#server/runs/cancel.ts'
import { startRun, type RunDeps } from '#server/runs/start.ts'
import { createBox, keyRing, type KeyRing } from '#server/secrets/box.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import type { OpenProvider, Tuning } from '../engine-deps.ts'
import type { Engine } from '../engine.ts'
import { startTestEngine, testClock, testLog, type TestEngine } from './test-engine.ts'

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
  history: unknown[] | null
}

const workspaceId = '00000000-0000-7000-8000-000000000001'

/** A database with a workspace, engines that run plans made by hand, and eyes to see what came of it. */
export class Bench {
  readonly database: TestDatabase
  readonly boss: PgBoss
  readonly ring: KeyRing
  readonly plans = new Map<string, Plan>()
  readonly providers = new Map<string, OpenProvider>()
  changed: AppError | null = null
  real: TestEngine['real']
  readonly #engines: Engine[] = []

  private constructor(database: TestDatabase, boss: PgBoss, ring: KeyRing) {
    this.database = database
    this.boss = boss
    this.ring = ring
  }

  static async open(key = randomBytes(32)): Promise<Bench> {
    const database = await testDatabase()
    const ring = keyRing(key)
    const hashKey = makeHashKey(createBox(ring, 'workspace'), workspaceId)
    await database.pool.query('insert into workspace (id, name, hash_key_enc) values ($1, $2, $3)', [
      workspaceId,
      'test',
      hashKey,
    ])
    return new Bench(database, await createBoss({ databaseUrl: database.url, log: testLog }), ring)
  }

  get deps(): RunDeps {
    return { pool: this.database.pool, boss: this.boss, runKeys: createBox(this.ring, 'run-key') }
  }

  async engine(tuning: Tuning = {}, part?: TestEngine['part']): Promise<Engine> {
    const engine = await startTestEngine({
      databaseUrl: this.database.url,
      pool: this.database.pool,
      ring: this.ring,
      plan: (name) => this.plans.get(name),
      provider: (id) => this.providers.get(id),
      changed: () => this.changed,
      tuning,
      part,
      real: this.real,
    })
    this.#engines.push(engine)
    return engine
  }

  /** Stops the engines that work. */
  async rest(): Promise<void> {
    for (const engine of this.#engines.splice(0)) await engine.stop()
  }

  async start(plan: Plan, name: string = randomUUID()): Promise<string> {
    this.plans.set(name, plan)
    return this.startPinned(name, { document: { name }, templates: {}, timezone: 'Asia/Seoul' })
  }

  /** Starts a run of what was pinned. */
  async startPinned(
    name: string,
    pinned: object,
    as: 'live' | 'test' | { readonly testAddresses: readonly string[] } = 'live',
  ): Promise<string> {
    const { rows } = await this.database.pool.query<{ workflow: string; version: string }>(
      `with w as (insert into workflow (id, workspace_id, name, document) values (gen_random_uuid(), $1, $2, '{}') returning id)
       insert into workflow_version (id, workspace_id, workflow_id, version, revision, pinned) select gen_random_uuid(), $1, w.id, 1, 1, $3 from w
       returning workflow_id as workflow, id as version`,
      [workspaceId, name, JSON.stringify(pinned)],
    )
    const { workflow = '', version = '' } = rows[0] ?? {}
    const started = await startRun(this.deps, {
      workspaceId,
      workflowId: workflow,
      versionId: version,
      trigger: 'manual',
      ...(typeof as === 'string' ? { kind: as } : { kind: 'test', ...as }),
      actor: 'test',
    })
    return started?.runId ?? ''
  }

  cancel(runId: string): Promise<void> {
    return cancelRun(this.deps, { workspaceId, runId, actor: 'test' })
  }

  async run(runId: string): Promise<RunRow> {
    const { rows } = await this.database.pool.query<Omit<RunRow, 'state' | 'run_no'> & { state: number; run_no: string }>(
      'select * from workflow_run where id = $1',
      [runId],
    )
    const row = rows[0]
    if (!row) throw new Error('There is no such run')
    return { ...row, run_no: Number(row.run_no), state: RUN_STATES[row.state] ?? '' }
  }

  /** Waits until the run is in one of the states; says where it stands if it does not get there. */
  async until(runId: string, states: readonly string[], ms = 20_000): Promise<RunRow> {
    const end = Date.now() + ms
    for (;;) {
      const run = await this.run(runId)
      if (states.includes(run.state)) return run
      if (RUN_ENDS.some((state: RunState) => state === run.state))
        throw new Error(`The run ended as ${run.state}: ${JSON.stringify(run.reason)}`)
      if (Date.now() > end) throw new Error(`The run is still ${run.state}: ${JSON.stringify(await this.chunks(runId))}`)
      await testClock.sleep(20)
    }
  }

  async messages(runId: string): Promise<MessageRow[]> {
    const { rows } = await this.database.pool.query<Omit<MessageRow, 'state'> & { state: number }>(
      'select m.* from messages m join workflow_run r using (run_no) where r.id = $1 order by node_no, seq, attempt',
      [runId],
    )
    return rows.map((row) => ({ ...row, state: MESSAGE_STATES[row.state] ?? '' }))
  }

  async chunks(runId: string): Promise<unknown[]> {
    const { rows } = await this.database.pool.query<Record<string, unknown>>(
      `select node_no, no, attempt, n, state, claimed, epoch, doubt, sent, failed, unconfirmed, skipped, moved from run_chunk
       where run_no = (select run_no from workflow_run where id = $1) order by 1, 2`,
      [runId],
    )
    return rows
  }

  async close(): Promise<void> {
    await this.rest()
    await this.boss.stop({ graceful: false })
    await this.database.close()
  }
}
