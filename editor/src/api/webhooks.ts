import { queryOptions } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type { WebhookMade, WebhookRotated, Webhooks } from '#schemas/api/webhooks.ts'
import { api } from './client.ts'

const path = (workflowId: string) => `/api/workflows/${encodeURIComponent(workflowId)}/webhooks`

/** Addresses of a workflow's webhook steps; secrets are not among it. Key `['workflow', id, 'webhooks']`. */
export const webhooksQuery = (workflowId: string) =>
  queryOptions({
    queryKey: ['workflow', workflowId, 'webhooks'],
    queryFn: ({ signal }) => api.get<Static<typeof Webhooks>>(path(workflowId), undefined, { signal }),
  })

/** Makes the address of a step; the secret is told this once. */
export const makeWebhook = (workflowId: string, nodeId: string) =>
  api.post<Static<typeof WebhookMade>>(path(workflowId), { nodeId })

/** A new secret, told this once; the one before counts for another day. */
export const rotateWebhook = (workflowId: string, hookId: string) =>
  api.post<Static<typeof WebhookRotated>>(`${path(workflowId)}/${encodeURIComponent(hookId)}/rotate`)
