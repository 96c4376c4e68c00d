// A worker as the product composes it, with the benchmark's own provider. Not a process: what the processes beside it share.
import type { Pool } from 'pg'
import type { PgBoss } from 'pg-boss'
import { builtInNodes } from '#nodes/all.ts'
import type { Host } from '#runtime/host.ts'
import { noInner } from '#runtime/inner/inner-workflows.ts'
import { noLists } from '#runtime/no-lists.ts'
import { noTables } from '#runtime/queries/visual/table-queries.ts'
import { setQueries } from '#runtime/queries/set-queries.ts'
import { createRegistry } from '#runtime/registry.ts'
import type { Clock, Log, ProviderSession, SqlConnection } from '#runtime/sdk/index.ts'
import { PostgresConnection } from '#server/connections/postgres/postgres.ts'
import { createPool } from '#server/database/connect.ts'
import { createBoss } from '#server/jobs/boss.ts'
import { createBox, keyRing } from '#server/secrets/box.ts'
import { abilitiesOf } from '#server/worker/abilities.ts'
import { startEngine } from '#server/worker/engine.ts'
import { createPlans } from '#server/worker/plans.ts'
import { benchProvider } from './provider.ts'

const { BENCH_PLATFORM = '', BENCH_SOURCE = '', BENCH_PROVIDER = '' } = process.env
const batch = Number(process.env['BENCH_BATCH'] ?? 1000)
const concurrency = Number(process.env['BENCH_LANES'] ?? 4)

const quiet = (): void => undefined
const loud = (message: string, fields?: unknown): void => console.error(message, fields)
export const log: Log = { debug: quiet, info: quiet, warn: loud, error: loud }
export const clock: Clock = { now: () => new Date(), sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) }

// All processes of one platform share a key, as the product's do.
const ring = keyRing(Buffer.alloc(32, 1))
export const boxes = { runKeys: createBox(ring, 'run-key'), workspace: createBox(ring, 'workspace') }

interface Platform {
  readonly pool: Pool
  readonly boss: PgBoss
  readonly source: SqlConnection
}

/** Opens the worker. `heard`: told of each call before it goes out. `before`: done when all is open, before the worker begins to work. */
export async function openWorker({ heard, before }: { heard?: () => void; before?: (platform: Platform) => Promise<void> } = {}) {
  const provider = benchProvider(batch)
  const source = new PostgresConnection({ url: BENCH_SOURCE, timezone: 'Asia/Seoul' }, log)
  const refuse = () => Promise.reject(new Error('The benchmark asks nothing over HTTP'))
  const known = (id: string) =>
    id === 'source'
      ? { id, name: id, kind: 'postgres', role: 'database' as const, channels: [], dialect: 'postgres' }
      : { id, name: id, kind: 'bench', role: 'provider' as const, channels: ['sms'], dialect: null }
  const host: Host = {
    connection: async () => source,
    service: refuse,
    known,
    lists: noLists,
    tables: noTables,
    inner: noInner,
    queries: setQueries,
    http: { request: refuse },
    clock,
    log,
  }
  const pool = createPool({ url: BENCH_PLATFORM, log, max: 20 })
  const boss = await createBoss({ databaseUrl: BENCH_PLATFORM, log })
  const settings = { url: BENCH_PROVIDER, concurrency }
  const session = listened(provider.open({ settings, secrets: {} }, { log, clock, http: { request: refuse } }), heard)
  const registry = createRegistry({ nodes: builtInNodes, providers: [provider] })
  await before?.({ pool, boss, source })
  const engine = await startEngine({
    databaseUrl: BENCH_PLATFORM,
    pool,
    boss,
    runKeys: boxes.runKeys,
    workspaceKeys: boxes.workspace,
    log,
    clock,
    plans: createPlans({ registry, host: async () => host }),
    nodeTypes: abilitiesOf(registry),
    host: async () => host,
    provider: async () => ({ type: provider, session, name: 'Bench', settings }),
    onLost: () => process.exit(1),
  })
  return {
    pool,
    boss,
    source,
    async close() {
      await engine.stop()
      await source.close()
      await boss.stop({ graceful: false })
      await pool.end()
    },
  }
}

function listened(session: ProviderSession, heard: (() => void) | undefined): ProviderSession {
  if (!heard) return session
  return {
    ...session,
    send(slice, options) {
      heard()
      return session.send(slice, options)
    },
  }
}

/** CPU time of this process since `before`, µs. */
export function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return user + system
}

export function peakRssMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024)
}
