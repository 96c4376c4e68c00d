import Type from 'typebox'
import { bindParameters } from '#nodes/sql/bind-parameters.ts'
import { toProblem } from '#runtime/compile/finding.ts'
import type { Host } from '#runtime/host.ts'
import { AppError, type Clock } from '#runtime/sdk/index.ts'
import { TableQueryCount, TableQueryInput, TableQueryStatement } from '#schemas/api/table-queries.ts'
import { isTimeZone } from '#schemas/time-zone.ts'
import type { App } from '#server/http.ts'

const Id = Type.Object({ id: Type.String({ maxLength: 100 }) })
const tags = ['connections']
/** A count is a nicety: nobody should wait for it, nor the database work on it, for longer, ms. */
const COUNT_TIMEOUT_MS = 10_000

interface Deps {
  readonly host: (workspaceId: string) => Promise<Host>
  readonly clock: Clock
}

/** Queries that are being put together from tables: as a statement, and how many people they find. */
export function tableQueryRoutes(app: App, { host, clock }: Deps): void {
  app.post(
    '/api/connections/:id/table-query',
    {
      schema: {
        tags,
        summary: 'The statement of a query that was put together from tables, and what is wrong with it',
        params: Id,
        body: TableQueryInput,
        response: { 200: TableQueryStatement },
      },
    },
    async (request) => {
      const { tables } = await host(request.workspaceId)
      const { sql, parameters, problems } = await tables.compile(request.params.id, request.body.query)
      return { sql, parameters: { ...parameters }, problems: problems.map(toProblem) }
    },
  )
  app.post(
    '/api/connections/:id/table-query/count',
    {
      schema: {
        tags,
        summary: 'How many rows such a query gives now; ends with the request, and after ten seconds',
        params: Id,
        body: TableQueryInput,
        response: { 200: TableQueryCount },
      },
    },
    async (request) => {
      const reach = await host(request.workspaceId)
      const { id } = request.params
      const { query, timezone } = request.body
      if (!isTimeZone(timezone)) throw new AppError('invalid-request', { detail: `timezone: ${timezone}` })
      const { countSql, parameters } = await reach.tables.compile(id, query)
      if (countSql === null) throw new AppError('has-problems', { count: 1 })
      const connection = await reach.connection(id)
      const run = { startedAt: clock.now().toISOString(), previousRunAt: null, trigger: {} }
      const values = await bindParameters(parameters, { connection, context: { run, timezone } })
      const options = { signal: request.gone, timeoutMs: COUNT_TIMEOUT_MS, maxRows: 1 }
      const { rows, databaseMs } = await connection.query({ sql: countSql, parameters: values }, options)
      return { count: Number(rows[0]?.[0] ?? 0), databaseMs }
    },
  )
}
