import Type from 'typebox'
import { ListUpload, ListUploadEnd, ListUploadInput, ListUploadRows } from '#schemas/api/list-uploads.ts'
import { LIST_BODY_BYTES, StoredList } from '#schemas/list.ts'
import { checkColumns, checkRows } from '#server/lists/check-rows.ts'
import type { ListStore } from '#server/lists/store.ts'
import type { ListUploads } from '#server/lists/uploads.ts'
import type { App } from '#server/http.ts'
import { languageOf } from '#server/plugins/language.ts'

const Id = Type.Object({ id: Type.String({ maxLength: 100 }) })
const tags = ['lists']

/** Lists of any size: begun, brought in portions, finished. Nothing of it is seen before it is finished. */
export function listUploadRoutes(app: App, { uploads, lists }: { uploads: ListUploads; lists: ListStore }): void {
  const place = (request: { workspaceId: string; params: { id: string } }) => ({
    workspaceId: request.workspaceId,
    id: request.params.id,
  })
  app.post(
    '/api/list-uploads',
    { schema: { tags, summary: 'Begin to bring in a list of any size', body: ListUploadInput, response: { 201: ListUpload } } },
    async (request, reply) => {
      const { name, list, columns } = request.body
      const checked = checkColumns(columns, languageOf(request))
      const made = await uploads.begin(request.workspaceId, { name, list, columns: checked, actor: request.actor })
      return reply.status(201).send(made)
    },
  )
  app.get(
    '/api/list-uploads/:id',
    { schema: { tags, summary: 'How far an upload came, to go on with it', params: Id, response: { 200: ListUpload } } },
    (request) => uploads.read(place(request)),
  )
  app.put(
    '/api/list-uploads/:id/rows',
    {
      bodyLimit: LIST_BODY_BYTES,
      schema: {
        tags,
        summary: 'Bring the next rows; a portion that came already is not taken twice',
        params: Id,
        body: ListUploadRows,
        response: { 200: ListUpload },
      },
    },
    async (request) => {
      const { from, rows } = request.body
      const checked = checkRows(rows, await uploads.columns(place(request)), languageOf(request))
      return uploads.take(place(request), { from, rows: checked })
    },
  )
  app.post(
    '/api/list-uploads/:id/finish',
    {
      schema: {
        tags,
        summary: 'All rows are there: make it the list',
        params: Id,
        body: ListUploadEnd,
        response: { 201: StoredList },
      },
    },
    async (request, reply) => {
      const { workspaceId, actor, body } = request
      const id = await uploads.finish(place(request), { rows: body.rows, actor })
      return reply.status(201).send(await lists.read({ workspaceId, id }))
    },
  )
  app.delete(
    '/api/list-uploads/:id',
    { schema: { tags, summary: 'Throw away what came of an upload', params: Id, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await uploads.cancel(place(request))
      return reply.status(204).send(null)
    },
  )
}
