import { createServer, type AddressInfo } from 'node:net'
import pg from 'pg'
import { startEmbedded, type EmbeddedDatabase } from '#server/database/embedded/start.ts'
import { silent } from './log.ts'
import { childrenOf, signal } from './process-tree.ts'

/** A PostgreSQL of its own on a port of loopback, that can be killed and comes back at the same address. */
export class Cluster {
  readonly #folder: string
  readonly #port: number
  readonly #settings: Readonly<Record<string, string>>
  #database: EmbeddedDatabase
  #ended: EmbeddedDatabase | null = null
  readonly url: string
  readonly pool: pg.Pool

  private constructor(place: {
    folder: string
    port: number
    settings: Readonly<Record<string, string>>
    database: EmbeddedDatabase
  }) {
    this.#folder = place.folder
    this.#port = place.port
    this.#settings = place.settings
    this.#database = place.database
    this.#watch(place.database)
    const url = new URL(place.database.url.replace('@/', '@127.0.0.1/'))
    url.search = ''
    url.port = String(place.port)
    this.url = url.href
    this.pool = new pg.Pool({ connectionString: this.url, max: 4, application_name: 'torture' })
    this.pool.on('error', () => undefined) // it is killed on purpose
  }

  /** `folder` may lie on a file system of its own; what kills lose nothing of is not made durable against power cuts. */
  static async start(folder: string, settings: Readonly<Record<string, string>> = {}): Promise<Cluster> {
    const place = { folder, port: await freePort(), settings }
    return new Cluster({ ...place, database: await boot(place) })
  }

  /** The account that the product's connection form takes. */
  get login(): { host: string; port: number; database: string; user: string; password: string } {
    const { username, password, pathname } = new URL(this.url)
    return {
      host: '127.0.0.1',
      port: this.#port,
      database: pathname.slice(1),
      user: username,
      password: decodeURIComponent(password),
    }
  }

  /** It ended by itself. */
  get hasEnded(): boolean {
    return this.#ended === this.#database
  }

  #watch(database: EmbeddedDatabase): void {
    void database.exited.then(() => (this.#ended = database))
  }

  /** kill -9 of all its processes at once. */
  async kill(): Promise<void> {
    const { pid } = this.#database
    for (const one of [pid, ...childrenOf(pid)]) signal(one, 'SIGKILL')
    await this.#database.exited
    await this.#database.stop()
  }

  async restart(): Promise<void> {
    if (this.hasEnded) await this.#database.stop()
    this.#database = await boot({ folder: this.#folder, port: this.#port, settings: this.#settings })
    this.#watch(this.#database)
  }

  /** One row, or none. Tries again while the database is away. */
  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    for (let tries = 0; ; tries++) {
      try {
        return (await this.pool.query<Row>(text, values)).rows
      } catch (error) {
        if (tries > 200) throw error
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
  }

  async stop(): Promise<void> {
    await this.pool.end()
    await this.#database.stop()
  }
}

function boot(place: { folder: string; port: number; settings: Readonly<Record<string, string>> }): Promise<EmbeddedDatabase> {
  return startEmbedded(place.folder, silent, {
    listen_addresses: '127.0.0.1',
    port: String(place.port),
    fsync: 'off',
    full_page_writes: 'off',
    shared_buffers: '64MB',
    max_connections: '200',
    ...place.settings,
  })
}

/** A port of loopback that nobody has now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A listening TCP server has a numeric address.
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
