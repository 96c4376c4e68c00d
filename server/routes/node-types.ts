import { NodeTypes } from '#schemas/api/node-types.ts'
import type { Registry } from '#runtime/registry.ts'
import type { App } from '#server/http.ts'
import { languageOf } from '#server/plugins/language.ts'

/** What can stand in a graph, what can be connected, and which plugin files are broken. */
export function nodeTypeRoutes(app: App, { registry }: { registry: Registry }): void {
  app.get(
    '/api/node-types',
    { schema: { tags: ['node types'], summary: 'All node types and connection kinds', response: { 200: NodeTypes } } },
    (request) => ({
      items: registry.descriptors(),
      connectionKinds: registry.connectionKinds(),
      broken: registry.broken.map(({ file, error }) => ({
        file,
        error: { code: error.code, message: error.text[languageOf(request)] },
      })),
    }),
  )
}
