import { Totals, TotalsQuery } from '#schemas/api/totals.ts'
import type { Parts } from '#server/compose.ts'
import type { App } from '#server/http.ts'
import { VersionNames } from '#server/totals/names.ts'
import { readTotals } from '#server/totals/read.ts'
import { createPlans } from '#server/worker/plans.ts'

/** What was sent on which day. */
export function totalsRoutes(app: App, parts: Pick<Parts, 'pool' | 'registry' | 'host' | 'clock'>): void {
  const { pool, registry, clock } = parts
  const names = new VersionNames({ pool, plans: createPlans({ registry, host: (id) => parts.host(id) }) })
  app.get(
    '/api/totals',
    {
      schema: {
        tags: ['totals'],
        summary: 'Messages by day, workflow and step; folded from closed chunks once a minute',
        querystring: TotalsQuery,
        response: { 200: Totals },
      },
    },
    (request) => readTotals({ pool, registry, names }, { ...request.query, workspaceId: request.workspaceId, now: clock.now() }),
  )
}
