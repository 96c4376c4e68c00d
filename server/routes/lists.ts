import type { Pool } from 'pg'
import Type from 'typebox'
import { ListChange, ListDetail, ListInput, ListPage, ListRowsInput } from '#schemas/api/lists.ts'
import { PageQuery } from '#schemas/api/paging.ts'
import { LIST_BODY_BYTES, StoredList } from '#schemas/list.ts'
import { checkColumns, checkRows } from '#server/lists/check-rows.ts'
import { firstRows } from '#server/lists/first-rows.ts'
import type { ReadListDeps } from '#server/lists/read-list.ts'
import type { ListStore } from '#server/lists/store.ts'
import type { App } from '#server/http.ts'
import { languageOf } from '#server/plugins/language.ts'
import { answeredBefore, idempotencyKey, oncePerKey } from '#server/workflows/once-per-key.ts'
import { withClient } from '#server/ledger/with-client.ts'

export interface ListRoutesDeps {
  readonly lists: ListStore
  readonly pool: Pool
  readonly reading: ReadListDeps
}

const Id = Type.Object({ id: Type.String() })
/** Checked by `idempotencyKey`; here so that the docs name it. */
const IdempotencyHeader = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ description: 'The same key within 24 hours makes one list only' })),
})
const tags = ['lists']

const place = (request: { workspaceId: string; params: { id: string } }) => ({
  workspaceId: request.workspaceId,
  id: request.params.id,
})

/** Lists that people bring along: a sheet that was pasted, as the audience of workflows. */
export function listRoutes(app: App, deps: ListRoutesDeps): void {
  readRoutes(app, deps)
  takeInRoute(app, deps)
  changeRoutes(app, deps)
}

function readRoutes(app: App, { lists, reading }: ListRoutesDeps): void {
  app.get(
    '/api/lists',
    {
      schema: {
        tags,
        summary: 'List the stored lists, those that changed last first',
        querystring: Type.Object(PageQuery, { additionalProperties: false }),
        response: { 200: ListPage },
      },
    },
    ({ workspaceId, query }) => lists.list(workspaceId, { limit: query.limit ?? 50, cursor: query.cursor }),
  )
  app.get(
    '/api/lists/:id',
    {
      schema: {
        tags,
        summary: 'Read a list with its first rows, personal values masked',
        params: Id,
        response: { 200: ListDetail },
      },
    },
    async (request) => {
      const list = await lists.read(place(request))
      return { ...list, firstRows: await firstRows(reading, { workspaceId: request.workspaceId, list }) }
    },
  )
}

function takeInRoute(app: App, { lists, pool }: ListRoutesDeps): void {
  app.post(
    '/api/lists',
    {
      bodyLimit: LIST_BODY_BYTES,
      schema: {
        tags,
        summary: 'Store a list; what does not fit is told with its row and column, and nothing is stored then',
        headers: IdempotencyHeader,
        body: ListInput,
        response: { 201: StoredList },
      },
    },
    async (request, reply) => {
      const { body, workspaceId, actor } = request
      const key = idempotencyKey(request.headers['idempotency-key'])
      const keyed = key === null ? null : { workspaceId, scope: 'lists', key, body }
      // The same paste once more is not read again.
      const before = keyed && (await answeredBefore(pool, keyed))
      if (before !== null) return reply.status(201).send(before as StoredList) // stored by this route
      const columns = checkColumns(body.columns, languageOf(request))
      const rows = checkRows(body.rows, columns, languageOf(request))
      const make = (client: Parameters<ListStore['create']>[0]) =>
        lists.create(client, workspaceId, { name: body.name, columns, rows, actor })
      const made = keyed
        ? await oncePerKey(pool, keyed, make)
        : await withClient(pool, async (client) => {
            await client.query('begin')
            const list = await make(client)
            await client.query('commit')
            return list
          })
      return reply.status(201).send(made)
    },
  )
}

function changeRoutes(app: App, { lists }: ListRoutesDeps): void {
  app.put(
    '/api/lists/:id/rows',
    {
      bodyLimit: LIST_BODY_BYTES,
      schema: {
        tags,
        summary: 'Replace the rows; runs that began keep theirs',
        params: Id,
        body: ListRowsInput,
        response: { 200: StoredList },
      },
    },
    async (request) => {
      const before = await lists.read(place(request))
      const { body } = request
      const columns = body.columns ? checkColumns(body.columns, languageOf(request)) : before.columns
      const rows = checkRows(body.rows, columns, languageOf(request))
      return lists.replaceRows(place(request), {
        columns,
        rows,
        actor: request.actor,
        before: body.columns ? null : before.version,
      })
    },
  )
  app.patch(
    '/api/lists/:id',
    { schema: { tags, summary: 'Rename a list', params: Id, body: ListChange, response: { 200: StoredList } } },
    (request) => lists.rename(place(request), request.body.name, request.actor),
  )
  app.delete(
    '/api/lists/:id',
    {
      schema: {
        tags,
        summary: 'Delete a list and all its rows; refused while a workflow reads it',
        params: Id,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await lists.remove(place(request), request.actor)
      return reply.status(204).send(null)
    },
  )
}
