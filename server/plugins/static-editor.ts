import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { App } from '#server/http.ts'
import { unknownAddress } from './errors.ts'

const YEAR_S = 31_536_000

/** The built editor. Files with a hash in their name never change; the page itself is asked for anew each time. Unknown addresses below no API are screens of the editor. */
export async function registerEditor(app: App, folder: string): Promise<void> {
  const built = existsSync(join(folder, 'index.html'))
  if (built) {
    await app.register(fastifyStatic, {
      root: folder,
      index: ['index.html'],
      setHeaders: (response, path) => {
        const hashed = path.includes('/assets/')
        void response.header('cache-control', hashed ? `public, max-age=${YEAR_S}, immutable` : 'no-cache')
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '/'
    const isScreen = request.method === 'GET' && !/^\/(api|ws|schemas|assets)(\/|$)/.test(path) && !/\.\w+$/.test(path)
    if (built && isScreen) return reply.header('cache-control', 'no-cache').sendFile('index.html')
    return unknownAddress(request, reply)
  })
}
