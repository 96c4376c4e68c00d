import { Parts } from '#schemas/api/parts.ts'
import type { Part } from '#schemas/api/parts.ts'
import { faceOf } from '#runtime/inner/face.ts'
import { collectInner } from '#runtime/inner/inner-workflows.ts'
import type { Parts as Application } from '#server/compose.ts'
import type { App } from '#server/http.ts'
import { listParts, publishedParts } from '#server/workflows/parts.ts'

/** Workflows that can be used inside others. */
export function partRoutes(app: App, { parts: { db, registry } }: { parts: Pick<Application, 'db' | 'registry'> }): void {
  app.get(
    '/api/parts',
    {
      schema: {
        tags: ['workflows'],
        summary: 'Published workflows that can be used inside others, with what comes in and goes out',
        response: { 200: Parts },
      },
    },
    async ({ workspaceId }) => {
      const source = publishedParts(db, workspaceId)
      const items: Part[] = []
      for (const { id, name, version, document } of await listParts(db, workspaceId)) {
        const face = faceOf(document, registry, await collectInner(document, source))
        if (face) items.push({ id, name, version, face })
      }
      return { items }
    },
  )
}
