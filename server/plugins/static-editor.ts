import { existsSync } from 'node:fs'
import { join, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { App } from '#server/http.ts'
import { unknownAddress } from './errors.ts'

const YEAR_S = 31_536_000

/**
 * The built editor. Files with a hash in their name never change; the page itself is asked for anew each time. Unknown addresses below no API
 * are screens of the editor. Where a file lies compressed beside the plain one (`.br`, `.gz`), browsers that can take it get that.
 */
export async function registerEditor(app: App, folder: string): Promise<void> {
  const built = existsSync(join(folder, 'index.html'))
  const assets = join(folder, 'assets') + sep
  if (built) {
    await app.register(fastifyStatic, {
      root: folder,
      index: ['index.html'],
      preCompressed: true,
      // Vite's own list lies in a hidden folder.
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders: (response, path) => {
        const cache = path.startsWith(assets) ? `public, max-age=${YEAR_S}, immutable` : 'no-cache'
        void response.header('cache-control', cache)
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '/'
    const isScreen = request.method === 'GET' && !/^\/(api|ws|schemas|assets)(\/|$)/.test(path) && !/\.\w+$/.test(path)
    if (built && isScreen) return reply.sendFile('index.html')
    return unknownAddress(request, reply)
  })
}
