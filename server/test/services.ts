// vitest's globalSetup: the databases of a test run. A file that needs one asks here; it is started at the first question,
// shared by all files, and stopped at the end. A run that needs none starts none.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startTemporary } from '#server/database/embedded/temporary.ts'
import { migrate } from '#server/database/migrate.ts'
import { templateDatabase } from './ask-service.ts'
import { startMariaDb } from './mariadb-server.ts'
import { quietLog } from './quiet-log.ts'

interface Service {
  /** Handed to whoever asks. */
  answer: Record<string, unknown>
  stop(): Promise<void>
}

async function startPostgres(): Promise<Service> {
  const database = await startTemporary(quietLog(), { max_connections: '200' })
  const admin = new pg.Client(database.url)
  await admin.connect()
  await admin.query(`create database ${templateDatabase}`)
  await admin.end()
  await migrate(database.url.replace('/alimflow?', `/${templateDatabase}?`), quietLog())
  return { answer: { url: database.url }, stop: () => database.stop() }
}

async function startMaria(): Promise<Service> {
  const server = await startMariaDb()
  return { answer: { port: server.port }, stop: () => server.stop() }
}

const starters: Readonly<Record<string, () => Promise<Service>>> = { '/postgres': startPostgres, '/mariadb': startMaria }

export default async function setup(): Promise<() => Promise<void>> {
  const running = new Map<string, Promise<Service>>()
  const server = createServer((request, response) => {
    const name = request.url ?? ''
    const starter = starters[name]
    if (!starter) return void response.writeHead(404).end()
    const service = running.get(name) ?? starter()
    running.set(name, service)
    service.then(
      ({ answer }) => response.end(JSON.stringify(answer)),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    )
  })
  const folder = mkdtempSync(join(tmpdir(), 'alimflow-services-'))
  const socket = join(folder, 's')
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  process.env.ALIMFLOW_TEST_SERVICES = socket // workers inherit it
  return async () => {
    server.close()
    server.closeAllConnections()
    const services = await Promise.allSettled(running.values())
    await Promise.all(services.map((service) => (service.status === 'fulfilled' ? service.value.stop() : Promise.resolve())))
    rmSync(folder, { recursive: true, force: true })
  }
}
