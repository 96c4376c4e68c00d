import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { RUN_STATES } from '#schemas/states.ts'
import { concurrencyOf, type Channel } from './channels.ts'
import { Cluster } from './cluster.ts'
import { document, type Shape } from './documents.ts'
import { FakeProcess } from './fake-process.ts'
import { Part } from './part.ts'
import { makePeople } from './people.ts'
import type { RunRow } from './run-row.ts'
import type { Evidence } from './verdict.ts'

export interface PlatformOptions {
  readonly people: number
  readonly workers: number
  /** Where the platform's database lies; default a folder of its own. */
  readonly databaseFolder?: string
  readonly databaseSettings?: Readonly<Record<string, string>>
  readonly workerEnv?: Readonly<Record<string, string>>
}

/** The whole product as processes: its database, a source, the server, workers, and the fake provider outside of it. */
export class Platform {
  readonly folder = mkdtempSync(join(tmpdir(), 'alimflow-torture-'))
  /** Workers obey the order in this file (runtime/crash-point.ts). */
  readonly orderFile = join(this.folder, 'order')
  /** Offset of the workers' clocks, where they were started for it (clock/shift.ts). */
  readonly clockFile = join(this.folder, 'clock')
  readonly people: number
  readonly #databaseFolder: string
  readonly #options: PlatformOptions
  #database?: Cluster
  #source?: Cluster
  #fake?: FakeProcess
  #server?: Part
  #api = ''
  readonly workers: Part[] = []
  #connections = new Map<string, string>()

  private constructor(options: PlatformOptions) {
    this.people = options.people
    this.#options = options
    this.#databaseFolder = options.databaseFolder ?? join(this.folder, 'database')
    chmodSync(this.folder, 0o711) // the account PostgreSQL runs under must be able to pass
  }

  static async start(options: PlatformOptions): Promise<Platform> {
    const platform = new Platform(options)
    try {
      await platform.#start()
      return platform
    } catch (error) {
      await platform.stop()
      throw error
    }
  }

  get database(): Cluster {
    return there(this.#database)
  }
  get source(): Cluster {
    return there(this.#source)
  }
  get fake(): FakeProcess {
    return there(this.#fake)
  }
  get server(): Part {
    return there(this.#server)
  }

  /** For the judge. */
  get evidence(): Evidence {
    return { query: (text, values) => this.database.query(text, values), logFile: this.fake.logFile }
  }

  async #start(): Promise<void> {
    const { people, workers } = this.#options
    ;[this.#database, this.#source, this.#fake] = await Promise.all([
      Cluster.start(this.#databaseFolder, this.#options.databaseSettings),
      Cluster.start(join(this.folder, 'source')),
      FakeProcess.start(join(this.folder, 'accepted.jsonl')),
    ])
    await makePeople(this.source.pool, people)
    await this.startServer()
    await Promise.all(Array.from({ length: workers }, () => this.startWorker()))
    await this.untilWorkers(workers)
  }

  #part(command: 'server' | 'worker', env: Readonly<Record<string, string>> = {}): Part {
    const data = join(this.folder, 'data')
    mkdirSync(data, { recursive: true })
    const all = {
      DATABASE_URL: this.database.url,
      ALIMFLOW_SECRET_KEY: '07'.repeat(32),
      ALIMFLOW_DATA_DIR: data,
      ALIMFLOW_SAMPLE: 'off',
      ALIMFLOW_PLUGINS_DIR: join(import.meta.dirname, '../plugins'),
      ALIMFLOW_ALLOW_PRIVATE_HTTP: '127.0.0.1',
      PORT: '0',
      LANG: 'en_US.UTF-8',
      ...env,
    }
    return new Part(command, { env: all, logFile: join(this.folder, `${command}.log`) })
  }

  async startServer(): Promise<void> {
    this.#server = this.#part('server')
    const said = await this.server.ready()
    this.#api = /http:\/\/[^\s?]+/.exec(said)?.[0] ?? ''
  }

  async startWorker(): Promise<void> {
    const worker = this.#part('worker', {
      ALIMFLOW_CRASH_POINT: this.orderFile,
      ALIMFLOW_TORTURE_CLOCK: this.clockFile,
      ...this.#options.workerEnv,
    })
    this.workers.push(worker)
    await worker.ready()
  }

  /** So many workers have their place in the database. */
  async untilWorkers(count: number): Promise<void> {
    for (const end = Date.now() + 240_000; Date.now() < end; await sleep(50)) {
      const [row] = await this.database.query<{ n: number }>(
        `select count(*)::int as n from pg_locks where locktype = 'advisory' and classid = 7001 and granted`,
      )
      if ((row?.n ?? 0) >= count) return
    }
    throw new Error(`There are no ${count} workers: ${readFileSync(join(this.folder, 'worker.log'), 'utf8').slice(-3000)}`)
  }

  /** All workers are at work again; one whose supervisor waits before the next start is replaced, as a person would. */
  async mend(): Promise<void> {
    for (const worker of this.workers.filter(({ child }) => child === null)) {
      await worker.kill()
      this.workers.splice(this.workers.indexOf(worker), 1)
      await this.startWorker()
    }
    await this.untilWorkers(this.#options.workers)
  }

  /** One request to the server's API; throws for an answer of 400 and above. */
  async api<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<T> {
    const url = this.#api.replace(/\/$/, '') + path
    const response = await fetch(url, {
      method,
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return JSON.parse(text) as T // callers say what the API answers
  }

  async #connection(name: string, make: () => object): Promise<string> {
    const known = this.#connections.get(name)
    if (known !== undefined) return known
    const { id } = await this.api<{ id: string }>('POST', '/api/connections', { name, ...make() })
    this.#connections.set(name, id)
    return id
  }

  channel(kind: Channel): Promise<string> {
    const settings = { url: this.fake.url, concurrency: concurrencyOf(kind) }
    return this.#connection(kind, () => ({ kind: `torture-${kind}`, settings, secrets: {} }))
  }

  /** The source, where it listens or where something stands in front of it. */
  sourceConnection(port = this.source.login.port): Promise<string> {
    const { password, ...login } = this.source.login
    return this.#connection(`source ${port}`, () => ({
      kind: 'postgres',
      settings: { ...login, port },
      secrets: { password },
    }))
  }

  /** Saves a workflow and starts a run of it. */
  async execute(shape: Shape, channel: Channel, options: { source?: string; sql?: string } = {}): Promise<string> {
    const source = options.source ?? (await this.sourceConnection())
    const graph = document(shape, { source, channel: await this.channel(channel), sql: options.sql })
    const { id } = await this.api<{ id: string }>('POST', '/api/workflows', graph)
    const { runId } = await this.api<{ runId: string }>('POST', `/api/workflows/${id}/execute`, { version: 'draft' })
    return runId
  }

  async run(id: string): Promise<RunRow> {
    const [row] = await this.database.query<Omit<RunRow, 'state' | 'runNo'> & { state: number; run_no: string }>(
      'select id, run_no, state, reason, total, outcomes, law from workflow_run where id = $1',
      [id],
    )
    if (!row) throw new Error('There is no such run')
    return { ...row, runNo: Number(row.run_no), state: RUN_STATES[row.state] ?? '' }
  }

  /** Waits until the run is in one of the states, or ended otherwise; gives back where it is after the time at the latest. */
  async until(id: string, states: readonly string[], ms: number): Promise<RunRow> {
    for (const end = Date.now() + ms; ; await sleep(50)) {
      const run = await this.run(id)
      if (states.includes(run.state) || ['failed', 'cancelled', 'completed'].includes(run.state) || Date.now() > end) return run
    }
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.workers.map((worker) => worker.kill()))
    await this.#server?.kill()
    await this.#fake?.kill()
    await Promise.allSettled([this.#database?.stop(), this.#source?.stop()])
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function there<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('The platform has not started')
  return part
}
