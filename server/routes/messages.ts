import type { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { ExportQuery, MessagePage, MessageQuery, ResolveInput } from '#schemas/api/runs.ts'
import { MessageDetail } from '#schemas/message.ts'
import type { App } from '#server/http.ts'
import { messageKeyOf } from '#server/messages/find.ts'
import type { MessageService, Reader } from '#server/messages/service.ts'
import { languageOf } from '#server/plugins/language.ts'
import { resolveMessages, type AgainDeps } from '#server/runs/again.ts'

const Params = Type.Object({ id: Type.String() })
const tags = ['messages']

/** Who asks. */
export function readerOf(request: Pick<FastifyRequest, 'workspaceId' | 'actor' | 'headers'>): Reader {
  return { workspaceId: request.workspaceId, actor: request.actor, language: languageOf(request) }
}

/** Saved under this name, which may be Hangul (RFC 6266, with the encoding of RFC 8187). */
function attachment(name: string): string {
  const encoded = encodeURIComponent(name).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="messages.csv"; filename*=UTF-8''${encoded}`
}

/** Messages of a run, one message, the same unmasked, and a person's word about it. */
export function messageRoutes(app: App, { messages, again }: { messages: MessageService; again: AgainDeps }): void {
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
    '/api/runs/:id/messages.csv',
    {
      schema: {
        tags,
        summary: 'All messages of a run as CSV; "personal=true" unmasks them and is written down with who asked',
        params: Params,
        querystring: ExportQuery,
        // A stream of it.
        response: { 200: { content: { 'text/csv': { schema: Type.Unsafe<Readable>(Type.String()) } } } },
      },
    },
    async (request, reply) => {
      const { name, content } = await messages.export(readerOf(request), request.params.id, request.query)
      return reply
        .header('content-disposition', attachment(name))
        .header('cache-control', 'no-store')
        .type('text/csv; charset=utf-8')
        .send(content)
    },
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
  app.post(
    '/api/messages/:id/resolve',
    {
      schema: {
        tags,
        summary: 'Say what became of a message that could not be confirmed; sending again may reach someone twice',
        params: Params,
        body: ResolveInput,
        response: { 200: MessageDetail },
      },
    },
    async (request) => {
      const reader = readerOf(request)
      const { runId } = await messages.read(reader, request.params.id)
      const message = messageKeyOf(request.params.id)
      await resolveMessages(again, { ...reader, runId }, { as: request.body.as, which: { message } })
      return messages.read(reader, request.params.id)
    },
  )
}
