import { Found, FindInput } from '#schemas/api/find.ts'
import { findAll, type FindDeps } from '#server/find/find.ts'
import type { App } from '#server/http.ts'
import { languageOf } from '#server/plugins/language.ts'

/** One field that finds everything. */
export function findRoutes(app: App, deps: Omit<FindDeps, 'outbox'> & { outbox: Omit<FindDeps['outbox'], 'language'> }): void {
  app.post(
    '/api/find',
    {
      schema: {
        tags: ['find'],
        summary: 'Workflows, lists and connections by name, runs by number, messages by exact address',
        body: FindInput,
        response: { 200: Found },
      },
    },
    (request) =>
      findAll(
        { ...deps, outbox: { ...deps.outbox, language: languageOf(request) } },
        { workspaceId: request.workspaceId, text: request.body.text },
      ),
  )
}
