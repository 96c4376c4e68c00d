// Where the benchmark plays: one PostgreSQL for source, platform and the script's log, one fake provider, both of this machine.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import type { Log } from '#runtime/sdk/index.ts'
import { startEmbedded } from '#server/database/embedded/start.ts'
import { migrate } from '#server/database/migrate.ts'

const run = promisify(execFile)
const quiet = (): void => undefined
export const benchLog: Log = { debug: quiet, info: quiet, warn: quiet, error: (message) => console.error(message) }

/** What a process of the benchmark prints as its last line. */
export interface Measured {
  readonly messages: number
  readonly seconds: number
  readonly perSecond: number
  /** CPU time of the process, µs a message. */
  readonly cpuMicros: number
  readonly peakRssMb: number
}

export interface Stage {
  /** What every process gets in its environment. */
  readonly env: Readonly<Record<string, string>>
  /** A platform database of its own, migrated: what an earlier run left behind slows down no later one. */
  platform(): Promise<string>
  /** Runs one of bench/processes and reads the last line that it prints. */
  measure<Result = Measured>(file: string, env: Readonly<Record<string, string>>): Promise<Result>
  query<Row>(url: string, sql: string): Promise<Row[]>
  close(): Promise<void>
}

// As the supervisor starts a worker (server/start/worker-child.ts).
export const WORKER_FLAGS = ['--max-semi-space-size=16', '--heap-growing-percent=100', '--liftoff-only']

/** Builds it up. @throws Error when ../shared/bench is not there (ALIMFLOW_BENCH_BASELINE says where else) */
export async function openStage(customers: number): Promise<Stage> {
  const baseline = resolve(process.env['ALIMFLOW_BENCH_BASELINE'] ?? join(import.meta.dirname, '../../shared/bench/baseline.mjs'))
  if (!existsSync(baseline))
    throw new Error(
      `There is no baseline at ${baseline}. Set ALIMFLOW_BENCH_BASELINE to baseline.mjs; provider.mjs and seed.sql lie beside it.`,
    )
  const folder = mkdtempSync(join(tmpdir(), 'alimflow-bench-'))
  chmodSync(folder, 0o711)
  const cluster = await startEmbedded(join(folder, 'data'), benchLog)
  const port = await freePort()
  const fake = spawn(process.execPath, [join(dirname(baseline), 'provider.mjs'), String(port), '--count'], { stdio: 'ignore' })
  const database = async (name: string): Promise<string> => {
    await query(cluster.url, `create database ${name}`)
    return cluster.url.replace('/alimflow?', `/${name}?`)
  }
  const source = await database('bench_source')
  await query(source, seed(baseline, customers))
  await query(source, 'vacuum analyze')
  const sink = await database('bench_sink')
  await untilItAnswers(port)
  let platforms = 0
  const env = {
    BENCH_BASELINE: baseline,
    BENCH_SOURCE: source,
    BENCH_SINK: sink,
    BENCH_PROVIDER: `http://127.0.0.1:${port}`,
    // The second start of a version reads what the first one compiled, as in the product.
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
  }
  return {
    env,
    async platform() {
      const url = await database(`bench_platform_${++platforms}`)
      await migrate(url, benchLog)
      return url
    },
    async measure<Result>(file: string, more: Readonly<Record<string, string>>) {
      const flags = file.startsWith('product') ? [...WORKER_FLAGS, ...profiling()] : []
      const { stdout } = await run(process.execPath, [...flags, join(import.meta.dirname, 'processes', file)], {
        env: { ...process.env, ...env, ...more },
        maxBuffer: 2 ** 26,
      })
      return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Result // our own processes print it
    },
    query,
    async close() {
      await ended(fake)
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** BENCH_PROF=folder: CPU profiles of our own processes. */
function profiling(): string[] {
  const folder = process.env['BENCH_PROF']
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${resolve(folder)}`] : []
}

/** The seed makes 1,000,000 customers; fewer are enough for fewer rows. */
function seed(baseline: string, customers: number): string {
  return readFileSync(join(dirname(baseline), 'seed.sql'), 'utf8')
    .replace('generate_series(1, 1000000)', `generate_series(1, ${customers})`)
    .replace('vacuum analyze;', '')
}

async function query<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query(sql).finally(() => client.end())
  return rows as Row[] // what the caller's SQL says
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  return typeof address === 'object' && address ? address.port : 0
}

async function untilItAnswers(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await fetch(`http://127.0.0.1:${port}/stats`).catch(() => null)) return
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error('The fake provider does not answer')
}

/** Ends a process that the benchmark started. */
export async function ended(child: ChildProcess): Promise<void> {
  const gone = new Promise((done) => child.once('exit', done))
  child.kill()
  await gone
}
