import helmet, { type FastifyHelmetOptions } from '@fastify/helmet'
import fastify from 'fastify'
import type { App } from '#server/http.ts'

/** What helmet says to a browser: the same for each answer, so it is asked once, by a request that never leaves the process. */
async function headersOf(options: FastifyHelmetOptions): Promise<Record<string, string>> {
  const asked = fastify()
  await asked.register(helmet, options)
  asked.get('/', (_request, reply) => reply.status(204).send())
  const { headers } = await asked.inject('/')
  await asked.close()
  // Of the connection, not of safety.
  const { date: _date, connection: _connection, ...told } = headers
  return Object.fromEntries(Object.entries(told).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
}

/** Headers that keep browsers from doing what no page of ours needs, on each answer. */
export async function registerSecurityHeaders(app: App, options: FastifyHelmetOptions): Promise<void> {
  const headers = await headersOf(options)
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(headers)
    done()
  })
}
