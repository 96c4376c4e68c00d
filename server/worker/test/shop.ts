import { expect } from 'vitest'
import { builtInNodes, builtInProviders } from '#nodes/all.ts'
import sandbox from '#nodes/providers/sandbox.ts'
import { check } from '#runtime/compile/check.ts'
import type { Host } from '#runtime/host.ts'
import { noInner } from '#runtime/inner/inner-workflows.ts'
import type { Catalog } from '#schemas/catalog.ts'
import { readPostgresCatalog } from '#server/connections/postgres/catalog.ts'
import { noLists } from '#runtime/no-lists.ts'
import { tableQueries } from '#runtime/queries/visual/table-queries.ts'
import { setQueries } from '#runtime/queries/set-queries.ts'
import { createRegistry } from '#runtime/registry.ts'
import type { KnownConnection } from '#runtime/sdk/index.ts'
import { PostgresConnection } from '#server/connections/postgres/postgres.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { createPlans } from '../plans.ts'
import { Bench } from './harness.ts'
import { testClock, testLog } from './test-engine.ts'

/** A shop with tables of its own, and a bench whose workers run documents of built-in nodes on it, over the sandbox. */
export interface Shop {
  readonly bench: Bench
  readonly database: TestDatabase
  /** A document as a run pins it. Fails where it has an error. */
  pin(document: object): Promise<object>
  /** The provider of the connection `sandbox`; `said`: the text by channel and number. */
  openSandbox(settings: Record<string, unknown>): { said: Map<string, string> }
  close(): Promise<void>
}

export async function openShop(tables: string): Promise<Shop> {
  const [bench, database] = await Promise.all([Bench.open(), testDatabase({ empty: true })])
  await database.pool.query(tables)
  const connection = new PostgresConnection({ url: database.url, timezone: 'Asia/Seoul' }, testLog)
  const registry = createRegistry({ nodes: builtInNodes, providers: builtInProviders })
  const known: Record<string, KnownConnection> = {
    shop: { id: 'shop', name: '가게', kind: 'postgres', role: 'database', channels: [], dialect: 'postgres' },
    sandbox: { id: 'sandbox', name: '샘플', kind: 'sandbox', role: 'provider', channels: ['alimtalk', 'sms'], dialect: null },
  }
  let kept: Catalog | undefined
  const host: Host = {
    connection: async () => connection,
    known: (id) => known[id] ?? null,
    lists: noLists,
    tables: tableQueries(async (connectionId, { fresh }) => {
      if (fresh || !kept) {
        const read = await readPostgresCatalog(connection)
        kept = { connectionId, readAt: '', tableCount: read.tables.length, ...read }
      }
      return kept
    }),
    inner: noInner,
    queries: setQueries,
    service: refuse,
    http: { request: refuse },
    clock: testClock,
    log: testLog,
  }
  bench.real = { plans: createPlans({ registry, host: async () => host }), host }
  return {
    bench,
    database,
    async pin(document) {
      const cache = { get: () => null, set: () => undefined }
      const checked = await check(document, {
        registry,
        host,
        cache,
        timezone: 'Asia/Seoul',
        signal: AbortSignal.timeout(10_000),
      })
      expect(checked.problems.filter((problem) => problem.severity === 'error')).toEqual([])
      return { document, nodeTypes: {}, described: checked.described, templates: {}, connections: {}, timezone: 'Asia/Seoul' }
    },
    openSandbox: (settings) => openSandbox(bench, settings),
    async close() {
      await bench.close()
      await connection.close()
      await database.close()
    },
  }
}

const refuse = (): Promise<never> => Promise.reject(new Error('no HTTP here'))

function openSandbox(bench: Bench, settings: Record<string, unknown>): { said: Map<string, string> } {
  const said = new Map<string, string>()
  const session = sandbox.open({ settings, secrets: {} }, { log: testLog, clock: testClock, http: { request: refuse } })
  const kept: typeof session = {
    ...session,
    async send(slice, options) {
      const results = await session.send(slice, options)
      slice.messages.forEach(
        ({ to, composed }, index) => results[index]?.state === 'sent' && said.set(`${slice.channel} ${to}`, composed.parts.body),
      )
      return results
    },
  }
  bench.providers.set('sandbox', { type: sandbox, session: kept, name: 'sandbox', settings })
  return { said }
}

export const node = (id: string, type: string, config: unknown) => ({
  id,
  type,
  typeVersion: 1,
  position: { x: 0, y: 0 },
  config,
})

export const edge = (...[source, sourcePort, target, targetPort]: [string, string, string, string]) => ({
  id: `${source}-${sourcePort}-${target}`,
  source,
  sourcePort,
  target,
  targetPort,
})
