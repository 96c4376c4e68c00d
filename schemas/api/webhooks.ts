import Type, { type Static, type TSchema } from 'typebox'

const Nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

/** The address of a webhook step. */
export const Webhook = Type.Object({
  id: Type.String(),
  nodeId: Type.String(),
  path: Type.String(),
  /** The whole address; null: PUBLIC_URL is not set. */
  url: Nullable(Type.String()),
  createdAt: Type.String(),
  rotatedAt: Nullable(Type.String()),
  /** The secret before counts until then; null: it does not. */
  previousUntil: Nullable(Type.String()),
})
export type Webhook = Static<typeof Webhook>

/** GET /api/workflows/:id/webhooks */
export const Webhooks = Type.Object({ items: Type.Array(Webhook) })

/** POST /api/workflows/:id/webhooks: the address of a step; the secret comes once, when it is made. */
export const WebhookInput = Type.Object(
  { nodeId: Type.String({ minLength: 1, maxLength: 100 }) },
  { additionalProperties: false },
)
export const WebhookMade = Type.Object({ ...Webhook.properties, secret: Type.Optional(Type.String()) })

/** POST /api/workflows/:id/webhooks/:hook/rotate */
export const WebhookRotated = Type.Object({ ...Webhook.properties, secret: Type.String() })
