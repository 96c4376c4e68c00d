import Type from 'typebox'
import { AppError } from '#runtime/sdk/index.ts'
import { MOST_AT_ONCE } from '#schemas/api/events.ts'
import { takeEvents, type TakeEventsDeps } from '#server/events/take-events.ts'
import type { Webhooks } from '#server/events/webhooks.ts'
import type { App } from '#server/http.ts'
import { parseJson } from '#server/plugins/json-body.ts'
import { languageOf } from '#server/plugins/language.ts'
import { verify } from './signature.ts'

export interface WebhookDoor {
  readonly webhooks: Pick<Webhooks, 'find'>
  /** Its clock is what `webhook-timestamp` is compared with. */
  readonly events: TakeEventsDeps
}

const Params = Type.Object({ id: Type.String({ maxLength: 100 }) })
const one = (header: string | string[] | undefined): string | undefined => (typeof header === 'string' ? header : undefined)

/** Webhooks in: `POST /hooks/:id`, signed as Standard Webhooks say. The same webhook-id is taken once. */
export function registerWebhooks(app: App, { webhooks, events }: WebhookDoor): void {
  app.post('/hooks/:id', { schema: { params: Params } }, async (request, reply) => {
    const webhook = await webhooks.find(request.params.id)
    if (!webhook) throw new AppError('unknown-address', { path: '/hooks/…' })
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const { headers } = request
    const { id } = verify(
      {
        id: one(headers['webhook-id']),
        timestamp: one(headers['webhook-timestamp']),
        signature: one(headers['webhook-signature']),
        body,
      },
      webhook.secrets,
      await events.now(),
    )
    const language = languageOf(request)
    const listeners = await events.listeners.all(webhook.workspaceId)
    // The step may be gone from the published version, or the workflow is switched off.
    if (!listeners.some(({ workflowId, nodeId }) => workflowId === webhook.workflowId && nodeId === webhook.nodeId))
      throw new AppError('not-by-event', {})
    const payloads = payloadsOf(parseJson(body, language))
    const { accepted } = await takeEvents(events, {
      workspaceId: webhook.workspaceId,
      events: payloads.map((payload) => ({ workflowId: webhook.workflowId, payload })),
      isList: payloads.length > 1,
      key: `hook:${webhook.id}:${id}`,
      language,
      actor: `webhook:${webhook.id}`,
    })
    return reply.status(202).send({ accepted })
  })
}

/** An object is one event, a list of objects are several. @throws AppError `invalid-request` */
function payloadsOf(body: unknown): Record<string, unknown>[] {
  const list: unknown[] = Array.isArray(body) ? body : [body]
  const isRight = list.length > 0 && list.length <= MOST_AT_ONCE
  if (!isRight || !list.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item)))
    throw new AppError('invalid-request', { detail: `{…} or [{…}, …] (1…${MOST_AT_ONCE})` })
  // Objects, as was just seen.
  return list as Record<string, unknown>[]
}
