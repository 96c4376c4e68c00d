import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { MessagePage, MessageQuery } from '#schemas/api/runs.ts'
import { MessageDetail } from '#schemas/message.ts'
import type { App } from '#server/http.ts'
import type { MessageService, Reader } from '#server/messages/service.ts'
import { languageOf } from '#server/plugins/language.ts'

const Params = Type.Object({ id: Type.String() })
const tags = ['messages']

/** Who asks. */
export function readerOf(request: Pick<FastifyRequest, 'workspaceId' | 'actor' | 'headers'>): Reader {
  return { workspaceId: request.workspaceId, actor: request.actor, language: languageOf(request) }
}

/** Messages of a run, one message, and the same unmasked. */
export function messageRoutes(app: App, { messages }: { messages: MessageService }): void {
  app.get(
    '/api/runs/:id/messages',
    {
      schema: {
        tags,
        summary: 'Messages of a run: one line for each person and channel, masked',
        params: Params,
        querystring: MessageQuery,
        response: { 200: MessagePage },
      },
    },
    (request) => messages.page(readerOf(request), request.params.id, request.query),
  )
  app.get(
    '/api/messages/:id',
    {
      schema: {
        tags,
        summary: 'One message with everything that explains it, masked',
        params: Params,
        response: { 200: MessageDetail },
      },
    },
    (request) => messages.read(readerOf(request), request.params.id),
  )
  app.post(
    '/api/messages/:id/reveal',
    {
      schema: {
        tags,
        summary: 'The same unmasked; written down with who asked',
        params: Params,
        response: { 200: MessageDetail },
      },
    },
    (request) => messages.reveal(readerOf(request), request.params.id),
  )
}
