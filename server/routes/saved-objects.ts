import Type from 'typebox'
import { SavedObjectPage, SavedObjectQuery } from '#schemas/api/saved-objects.ts'
import { SavedObject, SavedObjectChange, SavedObjectInput } from '#schemas/saved-object.ts'
import type { App } from '#server/http.ts'
import { languageOf } from '#server/plugins/language.ts'
import { checkBody } from '#server/saved-objects/check-body.ts'
import { SavedObjectStore } from '#server/saved-objects/store.ts'

const Params = Type.Object({ id: Type.String({ maxLength: 100 }) })
const tags = ['saved objects']
const one = { 200: SavedObject }

/** Queries and mappings that people keep to use them again. */
export function savedObjectRoutes(app: App, { store }: { store: SavedObjectStore }): void {
  app.get(
    '/api/saved-objects',
    {
      schema: {
        tags,
        summary: 'List what is kept to be used again',
        querystring: SavedObjectQuery,
        response: { 200: SavedObjectPage },
      },
    },
    (request) => store.list(request, request.query),
  )
  app.post(
    '/api/saved-objects',
    { schema: { tags, summary: 'Keep a query or a mapping', body: SavedObjectInput, response: { 201: SavedObject } } },
    async (request, reply) => {
      checkBody(request.body.kind, request.body.body, languageOf(request))
      return reply.status(201).send(await store.create(request, request.body))
    },
  )
  app.get('/api/saved-objects/:id', { schema: { tags, summary: 'Read one', params: Params, response: one } }, (request) =>
    store.read(request, request.params.id),
  )
  app.put(
    '/api/saved-objects/:id',
    { schema: { tags, summary: 'Change one; what is left out stays', params: Params, body: SavedObjectChange, response: one } },
    async (request) => {
      const { body } = request.body
      if (body !== undefined) checkBody((await store.read(request, request.params.id)).kind, body, languageOf(request))
      return store.change(request, request.params.id, request.body)
    },
  )
  app.delete(
    '/api/saved-objects/:id',
    {
      schema: {
        tags,
        summary: 'Delete one; it can be brought back for 30 days, and no workflow that took it changes',
        params: Params,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await store.remove(request, request.params.id)
      return reply.status(204).send(null)
    },
  )
  savedObjectActs(app, store)
}

function savedObjectActs(app: App, store: SavedObjectStore): void {
  app.post(
    '/api/saved-objects/:id/restore',
    { schema: { tags, summary: 'Bring back one that was deleted', params: Params, response: one } },
    (request) => store.restore(request, request.params.id),
  )
  app.post(
    '/api/saved-objects/:id/use',
    { schema: { tags, summary: 'Say that one was taken into a workflow: it is counted', params: Params, response: one } },
    (request) => store.use(request, request.params.id),
  )
  app.put(
    '/api/saved-objects/:id/favorite',
    {
      schema: {
        tags,
        summary: 'Mark or unmark one as a favourite of whoever asks',
        params: Params,
        body: Type.Object({ favorite: Type.Boolean() }, { additionalProperties: false }),
        response: one,
      },
    },
    (request) => store.favor(request, request.params.id, request.body.favorite),
  )
}
