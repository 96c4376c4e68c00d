import type { Pool } from 'pg'
import type { Plan } from '#runtime/compile/plan.ts'
import type { Host } from '#runtime/host.ts'
import { noInner } from '#runtime/inner/inner-workflows.ts'
import { noLists } from '#runtime/no-lists.ts'
import { noTables } from '#runtime/queries/visual/table-queries.ts'
import { AppError, type Clock, type Log } from '#runtime/sdk/index.ts'
import { createBoss } from '#server/jobs/boss.ts'
import { createBox, type KeyRing } from '#server/secrets/box.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import type { EngineDeps, OpenProvider, Plans, Tuning } from '../engine-deps.ts'
import { startEngine, type Engine } from '../engine.ts'

/** What an engine of a test works with. `ALIMFLOW_TEST_LOG=1` shows what it logs. */
export interface TestEngine {
  readonly databaseUrl: string
  readonly pool: Pool
  readonly ring: KeyRing
  plan(name: string): Plan | undefined
  provider(id: string): OpenProvider | undefined
  changed(): AppError | null
  readonly tuning: Tuning
  readonly part?: Partial<Pick<EngineDeps, 'nodeTypes' | 'lanes' | 'lateAfterMs' | 'onLost'>> | undefined
  /** Real plans and a host that reaches databases, in place of plans made by hand. */
  readonly real?: { readonly plans: Plans; readonly host: Host } | undefined
}

export const testClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms)
      signal?.addEventListener('abort', () => {
        clearTimeout(timer)
        reject(signal.reason)
      })
    }),
}

const shown: Log = { debug: console.error, info: console.error, warn: console.error, error: console.error }
export const testLog: Log = process.env['ALIMFLOW_TEST_LOG'] ? shown : quietLog()

const refuse = (): Promise<never> => Promise.reject(new Error('This test reaches nothing outside'))
const host: Host = {
  connection: refuse,
  service: refuse,
  known: () => null,
  lists: noLists,
  tables: noTables,
  inner: noInner,
  queries: { answer: refuse },
  http: { request: refuse },
  clock: testClock,
  log: testLog,
}

/** An engine over plans made by hand. */
export async function startTestEngine(options: TestEngine): Promise<Engine> {
  const boss = await createBoss({ databaseUrl: options.databaseUrl, log: testLog })
  const engine = await startEngine({
    databaseUrl: options.databaseUrl,
    pool: options.pool,
    boss,
    runKeys: createBox(options.ring, 'run-key'),
    workspaceKeys: createBox(options.ring, 'workspace'),
    log: testLog,
    clock: testClock,
    plans: options.real?.plans ?? {
      plan: async (pinned) => options.plan(pinned.document.name) ?? Promise.reject(new Error('There is no such plan')),
      changed: async () => options.changed(),
    },
    nodeTypes: [],
    host: async () => options.real?.host ?? host,
    provider: async (_workspace, id) =>
      options.provider(id) ?? Promise.reject(new AppError('connection-missing', { connection: id })),
    onLost: () => undefined,
    ...options.part,
    tuning: { tickMs: 200, retryWaits: [100, 100], ...options.tuning },
  })
  return {
    ...engine,
    async stop(patienceMs) {
      await engine.stop(patienceMs)
      await boss.stop({ graceful: false })
    },
  }
}
