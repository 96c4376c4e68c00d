import type { Host } from '#runtime/host.ts'
import type { Column } from '#schemas/column.ts'
import { noLists } from '#runtime/no-lists.ts'
import { noTables } from '#runtime/queries/visual/table-queries.ts'
import { expand, type ShortWorkflow } from './short-workflow.ts'
import { AppError, type KnownConnection, type SqlConnection } from '#runtime/sdk/index.ts'

/** What the host of a test knows: connections, and what statements answer to `describe` (an error code: they fail with it). */
export interface MemoryHostOptions {
  readonly connections?: readonly KnownConnection[]
  readonly statements?: Readonly<
    Record<string, readonly Column[] | { readonly error: 'sql-error' | 'connection-failed'; readonly line?: number }>
  >
  /** Published versions of workflows that others use inside, by name, the first version first. */
  readonly inner?: Readonly<Record<string, readonly ShortWorkflow[]>>
}

export interface MemoryHost extends Host {
  /** Statements that were described, in order. */
  readonly asked: readonly string[]
}

export const shop: KnownConnection = {
  id: 'shop',
  name: 'Shop',
  kind: 'postgres',
  role: 'database',
  channels: [],
  dialect: 'postgres',
}
export const sandbox: KnownConnection = {
  id: 'sandbox',
  name: 'Sandbox',
  kind: 'sandbox',
  role: 'provider',
  channels: ['sms', 'alimtalk'],
  dialect: null,
}

/** A Host in memory. It is a port of the runtime, not a database: nothing here pretends to run SQL. */
export function memoryHost({ connections = [shop, sandbox], statements = {}, inner = {} }: MemoryHostOptions = {}): MemoryHost {
  const asked: string[] = []
  const refuse = (): never => {
    throw new Error('This host runs no statements')
  }
  const database: SqlConnection = {
    dialect: 'postgres',
    zones: () => Promise.resolve({ wall: 'Asia/Seoul', session: null }),
    async describe(sql) {
      asked.push(sql)
      if (sql.trim() === '') throw new AppError('sql-empty', {})
      const answer = statements[sql] ?? { error: 'sql-error' as const }
      if (!('error' in answer)) return { columns: answer, parameters: [] }
      if (answer.error === 'connection-failed')
        throw new AppError('connection-failed', { host: 'shop.example', detail: 'refused' })
      const at = answer.line === undefined ? {} : { position: { line: answer.line, column: 1 } }
      throw new AppError('sql-error', { detail: `no such thing in ${sql}` }, at)
    },
    query: async () => refuse(),
    stream: async () => refuse(),
  }
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  return {
    asked,
    known: (id) => connections.find((one) => one.id === id) ?? null,
    async connection(id) {
      if (!connections.some((one) => one.id === id)) throw new AppError('connection-missing', { connection: id })
      return database
    },
    lists: noLists,
    tables: noTables,
    inner: {
      read: ({ workflow, version }) => {
        const versions = inner[workflow] ?? []
        const document = versions[version - 1]
        const newest = versions.at(-1)
        return Promise.resolve(
          document && newest
            ? {
                name: workflow,
                document: expand(document),
                newest: versions.length > version ? { version: versions.length, document: expand(newest) } : null,
              }
            : null,
        )
      },
    },
    service: async () => refuse(),
    queries: { answer: async () => refuse() },
    http: { request: async () => refuse() },
    clock: { now: () => new Date('2026-11-23T00:00:00Z'), sleep: async () => {} },
    log,
  }
}
