import Type from 'typebox'
import { ImportedWorkflow, ImportQuery, WorkflowOriginal } from '#schemas/api/imports.ts'
import { LIST_BODY_BYTES } from '#schemas/list.ts'
import type { Parts } from '#server/compose.ts'
import type { App } from '#server/http.ts'
import { languageOf } from '#server/plugins/language.ts'
import type { WorkflowService } from '#server/workflows/service.ts'
import { importThreeStep, originalOf } from '#server/workflows/three-step/import.ts'

const tags = ['workflows']

/** Workflows that come in another form than ours. */
export function importRoutes(app: App, { parts, service }: { parts: Parts; service: WorkflowService }): void {
  app.post(
    '/api/workflows/import',
    {
      bodyLimit: LIST_BODY_BYTES,
      schema: {
        tags,
        summary:
          'Make a draft of a three-step workflow (target_config, message_config, mapping_config); says what became of each part',
        querystring: ImportQuery,
        body: Type.Unknown(),
        response: { 201: ImportedWorkflow },
      },
    },
    async (request, reply) => {
      const { workspaceId, actor, gone, body, query } = request
      const { row, notes, lists } = await importThreeStep(parts, body, {
        workspaceId,
        actor,
        signal: gone,
        language: languageOf(request),
        ...query,
      })
      return reply.status(201).send({ workflow: await service.show(row, gone), notes: [...notes], lists: [...lists] })
    },
  )
  app.get(
    '/api/workflows/:id/original',
    {
      schema: {
        tags,
        summary: 'The JSON that a workflow was made of, with the report of how',
        params: Type.Object({ id: Type.String() }),
        response: { 200: WorkflowOriginal },
      },
    },
    async (request) => {
      const { id } = await service.store.read({ workspaceId: request.workspaceId, id: request.params.id })
      return originalOf(parts.db, { workspaceId: request.workspaceId, id })
    },
  )
}
