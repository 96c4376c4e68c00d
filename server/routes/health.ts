import type { Pool } from 'pg'
import Type from 'typebox'
import { Health } from '#schemas/api/health.ts'
import type { App } from '#server/http.ts'

export interface HealthDeps {
  readonly pool: Pool
  readonly version: string
  readonly startedAt: Date
  workerState(): 'ok' | 'starting' | 'down'
}

/** How the parts fare. The short form is public: load balancers ask it. */
export function healthRoutes(app: App, deps: HealthDeps): void {
  const database = async (): Promise<'ok' | 'down'> => {
    const answer = deps.pool.query('select 1').then(() => 'ok' as const)
    const late = new Promise<'down'>((resolve) => setTimeout(() => resolve('down'), 3000).unref())
    return Promise.race([answer, late]).catch(() => 'down' as const)
  }
  const parts = async () => {
    const worker = deps.workerState()
    // The scheduler runs inside the worker.
    return { database: await database(), worker, scheduler: worker }
  }
  app.get('/api/health', { schema: { tags: ['health'], summary: 'How the parts fare', response: { 200: Health } } }, async () => {
    const now = await parts()
    return {
      status: Object.values(now).includes('down') ? ('degraded' as const) : ('ok' as const),
      version: deps.version,
      startedAt: deps.startedAt.toISOString(),
      parts: now,
    }
  })
  app.get(
    '/api/health/:part',
    {
      schema: {
        tags: ['health'],
        summary: 'How one part fares',
        params: Type.Object({ part: Type.Enum(['database', 'worker', 'scheduler']) }),
        response: { 200: Type.Object({ state: Type.String() }) },
      },
    },
    async (request) => ({ state: (await parts())[request.params.part] }),
  )
}
