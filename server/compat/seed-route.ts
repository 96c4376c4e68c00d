import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { App } from '#server/http.ts'
import type { Fields } from '#runtime/three-step/read-fields.ts'
import { Inside } from './inside.ts'
import { SeedRefusal } from './seed-refusal.ts'

const Loose = Type.Record(Type.String(), Type.Unknown())
const LooseQuery = Type.Record(Type.String(), Type.String())

/** One call of the old API, with its texts and its body as it came. */
export interface SeedCall {
  readonly request: FastifyRequest
  readonly inside: Inside
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: Fields
}

interface Said {
  readonly summary: string
  readonly status?: 200 | 201 | 202 | 204
}

export type SeedRoute = readonly [
  path: `${'GET' | 'POST' | 'PUT' | 'DELETE'} ${string}`,
  said: Said,
  answer: (call: SeedCall) => Promise<unknown>,
]

/** Adds routes of the old API. A refusal of ours is passed on as it is. */
export function seedRoutes(app: App, routes: readonly SeedRoute[]): void {
  const inside = new Inside(app)
  for (const [path, { summary, status = 200 }, answer] of routes) {
    const [method = 'GET', url = ''] = path.split(' ')
    // docs/seed-api.md is their page: beside our own in one list they would look like a second way for new clients.
    const schema = {
      hide: true,
      tags: ['seed paths'],
      summary,
      querystring: LooseQuery,
      ...(method.startsWith('P') && { body: Loose }),
    }
    app.route({
      method,
      url,
      schema,
      handler: async (request, reply) => {
        // As the schemas above say: texts by name, and an object.
        const { params, query, body } = request as FastifyRequest & Pick<SeedCall, 'params' | 'query'>
        try {
          const made = await answer({ request, inside, params, query, body: (body ?? {}) as Fields })
          return await reply.status(status).send(status === 204 ? null : made)
        } catch (error) {
          if (!(error instanceof SeedRefusal)) throw error
          return reply.status(error.status).type('application/json').send(error.payload)
        }
      },
    })
  }
}
