import Type from 'typebox'
import { SendsInput, SendsResult } from '#schemas/api/sends.ts'
import { takeSends, type TakeSendsDeps } from '#server/events/take-sends.ts'
import type { App } from '#server/http.ts'
import { languageOf } from '#server/plugins/language.ts'
import { idempotencyKey } from '#server/workflows/once-per-key.ts'

/** Checked by `idempotencyKey`; here so that the docs name it. */
const IdempotencyHeader = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ description: 'The same key within 24 hours sends the messages once only' })),
})
/** Calls a minute and address: services are quicker than people. */
const CALLS_A_MINUTE = 600_000

/** Messages without a workflow: a code, a receipt. */
export function sendRoutes(app: App, deps: TakeSendsDeps): void {
  app.post(
    '/api/messages',
    {
      config: { rateLimit: { max: CALLS_A_MINUTE, timeWindow: 60_000 } },
      schema: {
        tags: ['messages'],
        summary: 'Send one message, or up to 1,000; answered when they are stored',
        headers: IdempotencyHeader,
        body: SendsInput,
        response: { 202: SendsResult },
      },
    },
    async (request, reply) => {
      const { body } = request
      const result = await takeSends(deps, {
        workspaceId: request.workspaceId,
        sends: Array.isArray(body) ? body : [body],
        isList: Array.isArray(body),
        key: idempotencyKey(request.headers['idempotency-key']),
        language: languageOf(request),
      })
      return reply.status(202).send(result)
    },
  )
}
