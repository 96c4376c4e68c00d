import { ConnectionsHealth, DatabaseHealth, Health, SchedulerHealth, WorkerHealth } from '#schemas/api/health.ts'
import { type ConnectionStore, healthIn } from '#server/connections/store.ts'
import { databaseHealth, health, schedulerHealth, workerHealth, type HealthDeps } from '#server/health.ts'
import { languageOf } from '#server/plugins/language.ts'
import type { App } from '#server/http.ts'

const tags = ['health']

/** How the parts fare. The short form is public: load balancers ask it. */
export function healthRoutes(app: App, deps: HealthDeps & { readonly store: ConnectionStore }): void {
  app.get('/api/health', { schema: { tags, summary: 'How the parts fare', response: { 200: Health } } }, () => health(deps))
  app.get(
    '/api/health/database',
    { schema: { tags, summary: 'The platform’s own database', response: { 200: DatabaseHealth } } },
    () => databaseHealth(deps),
  )
  app.get('/api/health/worker', { schema: { tags, summary: 'Who works', response: { 200: WorkerHealth } } }, () =>
    workerHealth(deps),
  )
  app.get(
    '/api/health/scheduler',
    { schema: { tags, summary: 'Does what is due start', response: { 200: SchedulerHealth } } },
    async () => schedulerHealth(deps, (await workerHealth(deps)).state),
  )
  app.get(
    '/api/health/connections',
    { schema: { tags, summary: 'How each connection fared when it was last tried', response: { 200: ConnectionsHealth } } },
    async (request) => {
      const rows = await deps.store.list(request.workspaceId)
      const items = rows.map(({ id, name, kind, health: found }) => ({
        id,
        name,
        kind,
        health: healthIn(languageOf(request), found),
      }))
      return { state: items.some((item) => item.health.state === 'failed') ? ('down' as const) : ('ok' as const), items }
    },
  )
}
