// npm run bench: the product beside the hand-written script of ../shared/bench, alternately, in processes of their own, against the same
// database cluster and the same fake provider. Settings: BENCH_ROWS (100000), BENCH_PAIRS (5), BENCH_LANES (4), ALIMFLOW_BENCH_BASELINE.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, chmodSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import type { Log } from '#runtime/sdk/index.ts'
import { startEmbedded } from '#server/database/embedded/start.ts'
import { migrate } from '#server/database/migrate.ts'

interface Measured {
  messages: number
  seconds: number
  perSecond: number
  cpuMicros: number
  peakRssMb: number
}

const baseline = resolve(process.env['ALIMFLOW_BENCH_BASELINE'] ?? join(import.meta.dirname, '../../shared/bench/baseline.mjs'))
const rows = Number(process.env['BENCH_ROWS'] ?? 100_000)
const pairs = Number(process.env['BENCH_PAIRS'] ?? 5)
const quiet = (): void => undefined
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: (message) => console.error(message) }
const run = promisify(execFile)

if (!existsSync(baseline)) {
  console.error(
    `There is no baseline at ${baseline}. Set ALIMFLOW_BENCH_BASELINE to baseline.mjs; provider.mjs and seed.sql lie beside it.`,
  )
  process.exit(1)
}

const folder = mkdtempSync(join(tmpdir(), 'alimflow-bench-'))
chmodSync(folder, 0o711)
const cluster = await startEmbedded(join(folder, 'data'), log)
const port = await freePort()
const fake = spawn(process.execPath, [join(dirname(baseline), 'provider.mjs'), String(port), '--count'], { stdio: 'ignore' })
try {
  const source = await makeDatabase('bench_source', seedSql())
  const sink = await makeDatabase('bench_sink', '')
  await answers(port)
  const script = (await import(baseline)) as { SOURCE_SQL(rows: number): string; TEMPLATE: string }
  const common = {
    BENCH_SOURCE: source,
    BENCH_SINK: sink,
    BENCH_PROVIDER: `http://127.0.0.1:${port}`,
    BENCH_ROWS: String(rows),
    BENCH_BASELINE: baseline,
    BENCH_SQL: script.SOURCE_SQL(rows),
    BENCH_TEMPLATE: script.TEMPLATE,
  }
  const results: { script: Measured; product: Measured }[] = []
  for (let pair = 1; pair <= pairs; pair++) {
    const script = await measure('baseline.ts', common, [])
    const platform = await makeDatabase(`bench_platform_${pair}`, '')
    await migrate(platform, log)
    const product = await measure('product.ts', { ...common, BENCH_PLATFORM: platform }, [
      '--max-semi-space-size=4',
      '--liftoff-only',
    ])
    results.push({ script, product })
    console.log(line(`pair ${pair}`, { script, product }))
  }
  summarise(results)
} finally {
  await end(fake)
  await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function measure(file: string, facts: Record<string, string>, flags: string[]): Promise<Measured> {
  const { stdout } = await run(
    process.execPath,
    [
      ...flags,
      ...(process.env['BENCH_PROF'] && file === 'product.ts' ? ['--cpu-prof', '--cpu-prof-dir=/tmp/e-prof'] : []),
      join(import.meta.dirname, file),
    ],
    {
      env: { ...process.env, ...facts },
    },
  )
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Measured
}

function line(name: string, { script, product }: { script: Measured; product: Measured }): string {
  const side = (one: Measured): string =>
    `${one.perSecond} rows/s, ${one.cpuMicros.toFixed(1)} µs CPU a row, peak ${one.peakRssMb} MB`
  return `${name}: script ${side(script)} · product ${side(product)} · ratio ${(product.perSecond / script.perSecond).toFixed(2)}`
}

function summarise(results: { script: Measured; product: Measured }[]): void {
  const ratios = results.map(({ script, product }) => product.perSecond / script.perSecond).toSorted((a, b) => a - b)
  const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
  const of = (side: 'script' | 'product', field: keyof Measured): number => median(results.map((pair) => pair[side][field]))
  console.log(`median of ${results.length} pairs, ${rows} recipients:`)
  for (const side of ['script', 'product'] as const)
    console.log(
      `  ${side}: ${of(side, 'perSecond')} rows/s, ${of(side, 'cpuMicros').toFixed(1)} µs CPU a row, peak RSS ${of(side, 'peakRssMb')} MB`,
    )
  console.log(
    `  ratio ${median(ratios).toFixed(2)} (${ratios[0]?.toFixed(2)}–${ratios.at(-1)?.toFixed(2)}), CPU ratio ${(of('script', 'cpuMicros') / of('product', 'cpuMicros')).toFixed(2)}`,
  )
}

/** The seed makes 1,000,000 customers; fewer are enough for fewer rows. */
function seedSql(): string {
  return readFileSync(join(dirname(baseline), 'seed.sql'), 'utf8')
    .replace('generate_series(1, 1000000)', `generate_series(1, ${rows})`)
    .replace('vacuum analyze;', '')
}

async function makeDatabase(name: string, sql: string): Promise<string> {
  await query(cluster.url, `create database ${name}`)
  const url = cluster.url.replace('/alimflow?', `/${name}?`)
  if (sql) await query(url, sql)
  if (sql) await query(url, 'vacuum analyze')
  return url
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  return typeof address === 'object' && address ? address.port : 0
}

async function answers(at: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await fetch(`http://127.0.0.1:${at}/stats`).catch(() => null)) return
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error('The fake provider does not answer')
}

async function end(child: ChildProcess): Promise<void> {
  const gone = new Promise((done) => child.once('exit', done))
  child.kill()
  await gone
}
