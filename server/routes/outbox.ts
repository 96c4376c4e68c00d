import { OutboxPage, OutboxQuery } from '#schemas/api/outbox.ts'
import type { MessageState } from '#schemas/states.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { App } from '#server/http.ts'
import { outboxOfAddress, type AddressDeps } from '#server/outbox/of-address.ts'
import { outboxOfRun } from '#server/outbox/of-run.ts'
import { languageOf } from '#server/plugins/language.ts'
import { readRunRow } from '#server/runs/run-row.ts'
import { withoutKey } from '#server/worker/open-runs.ts'

/** What was said to whom: by run (the newest by default), or by one exact address. */
export function outboxRoutes(app: App, deps: Omit<AddressDeps, 'language'>): void {
  app.get(
    '/api/outbox',
    {
      schema: {
        tags: ['outbox'],
        summary: 'Conversations of a run, or of one exact address',
        querystring: OutboxQuery,
        response: { 200: OutboxPage },
      },
    },
    async (request) => {
      const { workspaceId } = request
      const { runId, address, limit = 50, cursor } = request.query
      // Checked against the list of states with the request.
      const state = request.query.state as MessageState | undefined
      const reading = { ...deps, language: languageOf(request) }
      if (address !== undefined) {
        // Also refuses what is no id.
        if (runId !== undefined) await readRunRow(deps.pool, { workspaceId, runId })
        return outboxOfAddress(reading, { workspaceId, address, runId, state })
      }
      const newest = runId ?? (await newestRun(deps, workspaceId))
      if (newest === null) return { items: [], nextCursor: null }
      const row = await readRunRow(deps.pool, { workspaceId, runId: newest })
      const open = await deps.known.get(row.id)
      if (!open) throw new AppError('part-down', { part: row.workflow_name, detail: '' })
      return outboxOfRun(reading, { row, open: row.erased ? withoutKey(open) : open }, { limit, cursor, state })
    },
  )
}

async function newestRun({ pool }: Pick<AddressDeps, 'pool'>, workspaceId: string): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>(
    'select id from workflow_run where workspace_id = $1 and total > 0 order by started_at desc limit 1',
    [workspaceId],
  )
  return rows[0]?.id ?? null
}
