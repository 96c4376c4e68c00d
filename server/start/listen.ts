import { createServer } from 'node:net'
import { AppError } from '#runtime/sdk/index.ts'

interface Place {
  readonly port: number
  readonly host: string
}

/** What of a fastify server is needed to listen. */
interface Listener {
  listen(place: Place): Promise<string>
  addresses(): (string | { port: number })[]
}

/** Listens and gives the port (PORT=0 takes a free one). Throws `port-taken`, `host-unusable`, `setting-invalid`. */
export async function listen(app: Listener, { port, host }: Place): Promise<number> {
  try {
    await app.listen({ port, host })
    const address = app.addresses()[0]
    return typeof address === 'object' ? address.port : port
  } catch (error) {
    throw listenError(error, { port, host })
  }
}

/** Tries the port for a moment, so that a port that is taken is told before anything takes long. */
export async function checkPort(place: Place): Promise<void> {
  const probe = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject)
      probe.listen(place, resolve)
    })
    await new Promise((resolve) => probe.close(resolve))
  } catch (error) {
    throw listenError(error, place)
  }
}

function listenError(error: unknown, { port, host }: Place): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'EADDRINUSE') return new AppError('port-taken', { port }, { cause: error })
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new AppError('host-unusable', { host }, { cause: error })
  if (code !== 'EACCES') return error
  const detail = 'this user may not listen on it (ports below 1024 need rights). Choose another one, for example PORT=3000.'
  return new AppError('setting-invalid', { name: 'PORT', value: String(port), detail }, { cause: error })
}
