import Type from 'typebox'
import { EventsInput, EventsResult } from '#schemas/api/events.ts'
import { takeEvents, type TakeEventsDeps } from '#server/events/take-events.ts'
import type { App } from '#server/http.ts'
import { languageOf } from '#server/plugins/language.ts'
import { idempotencyKey } from '#server/workflows/once-per-key.ts'

/** Checked by `idempotencyKey`; here so that the docs name it. */
const IdempotencyHeader = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ description: 'The same key within 24 hours takes the events once only' })),
})
/** Calls a minute and address: services are quicker than people. */
const CALLS_A_MINUTE = 600_000

/** What happened elsewhere comes in here. */
export function eventRoutes(app: App, deps: TakeEventsDeps): void {
  app.post(
    '/api/events',
    {
      config: { rateLimit: { max: CALLS_A_MINUTE, timeWindow: 60_000 } },
      schema: {
        tags: ['events'],
        summary: 'Report one event, or up to 1,000; answered when they are stored',
        headers: IdempotencyHeader,
        body: EventsInput,
        response: { 202: EventsResult },
      },
    },
    async (request, reply) => {
      const { body } = request
      const result = await takeEvents(deps, {
        workspaceId: request.workspaceId,
        events: Array.isArray(body) ? body : [body],
        isList: Array.isArray(body),
        key: idempotencyKey(request.headers['idempotency-key']),
        language: languageOf(request),
        actor: request.actor,
      })
      return reply.status(202).send(result)
    },
  )
}
