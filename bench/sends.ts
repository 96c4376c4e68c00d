// Single sends over HTTP: how many a second are accepted durably (each answer is given after its commit), and how long an answer takes
// at 1,000 a second. `node bench/sends.ts` alone, or as a part of `npm run bench`.
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { Pool } from 'undici'
import type { Log } from '#runtime/sdk/index.ts'
import { startEmbedded } from '#server/database/embedded/start.ts'
import { migrate } from '#server/database/migrate.ts'
import { cpuOf } from './process-talk.ts'
import { quantile } from './stats.ts'

/** What was measured. */
export interface SendsMeasured {
  /** Accepted a second, one message a request. */
  readonly singlePerSecond: number
  /** CPU time of the server process, µs a message: steadier than rates on a busy machine. */
  readonly singleCpuMicros: number
  /** Accepted a second, 100 messages a request. */
  readonly listPerSecond: number
  readonly listCpuMicros: number
  /** ms from the request to its answer, 1,000 requests a second in an even stream. */
  readonly p50Ms: number
  readonly p95Ms: number
  /** Messages that lay in the database at the end: all that were accepted. */
  readonly messages: number
}

const CONNECTIONS = 128
const SECONDS = 5
const RATE = 1000

const quiet = (): void => undefined
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: (message) => console.error(message) }

/** Measures, prints one line of JSON, and gives it back. The database is a real one that waits for the disk. */
export async function benchSends(): Promise<SendsMeasured> {
  const folder = mkdtempSync(join(tmpdir(), 'alimflow-bench-'))
  chmodSync(folder, 0o711)
  const cluster = await startEmbedded(join(folder, 'data'), log)
  let server: ChildProcess | null = null
  try {
    await migrate(cluster.url, log)
    const started = await startServer(cluster.url)
    server = started.child
    const http = new Pool(started.url, { connections: CONNECTIONS, pipelining: 1 })
    await send(http, 1) // opens the run
    // What Node has not yet compiled costs several times as much; a server that runs has done so.
    await throughput(started, { http, count: 1 })
    const single = await throughput(started, { http, count: 1 })
    const list = await throughput(started, { http, count: 100 })
    const times = await evenStream(http)
    await http.close()
    const measured = {
      singlePerSecond: single.perSecond,
      singleCpuMicros: single.cpuMicros,
      listPerSecond: list.perSecond,
      listCpuMicros: list.cpuMicros,
      p50Ms: Math.round(quantile(times, 0.5) * 10) / 10,
      p95Ms: Math.round(quantile(times, 0.95) * 10) / 10,
      messages: await stored(cluster.url),
    }
    console.log(JSON.stringify(measured))
    return measured
  } finally {
    if (server) await ended(server)
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function startServer(databaseUrl: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'processes/server.ts')], {
    env: { ...process.env, BENCH_PLATFORM: databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (data: Buffer) => resolve(data.toString().trim()))
    child.once('exit', (code) => reject(new Error(`The server of the benchmark ended with ${code}`)))
  })
  return { child, url }
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await exit
}

const message = {
  connection: 'sandbox',
  channel: 'sms',
  to: '010-1234-5678',
  text: { body: '[가게] 인증번호는 #{번호}예요. 3분 안에 입력해 주세요.' },
}

async function send(http: Pool, count: number): Promise<void> {
  const one = { ...message, variables: { 번호: String(Math.floor(Math.random() * 1e6)) } }
  const { statusCode, body } = await http.request({
    method: 'POST',
    path: '/api/messages',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(count === 1 ? one : Array.from({ length: count }, () => one)),
  })
  const text = await body.text()
  if (statusCode !== 202) throw new Error(`${statusCode}: ${text}`)
}

/** As fast as the connections answer, for some seconds. */
async function throughput(
  { child }: { child: ChildProcess },
  { http, count }: { http: Pool; count: number },
): Promise<{ perSecond: number; cpuMicros: number }> {
  const cpuBefore = cpuOf(child)
  const startedAt = performance.now()
  const until = startedAt + SECONDS * 1000
  let accepted = 0
  const connection = async (): Promise<void> => {
    while (performance.now() < until) {
      await send(http, count)
      accepted += count
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, connection))
  return {
    perSecond: Math.round(accepted / ((performance.now() - startedAt) / 1000)),
    cpuMicros: Math.round((cpuOf(child) - cpuBefore) / accepted),
  }
}

/** Requests by the clock, whether or not earlier ones are answered: a slow answer does not hide the next ones. */
async function evenStream(http: Pool): Promise<number[]> {
  const times: number[] = []
  const answers: Promise<void>[] = []
  const startedAt = performance.now()
  for (let number = 0; number < RATE * SECONDS;) {
    const due = Math.min(RATE * SECONDS, Math.floor(((performance.now() - startedAt) / 1000) * RATE))
    for (; number < due; number++) {
      const at = startedAt + (number / RATE) * 1000
      answers.push(send(http, 1).then(() => void times.push(performance.now() - at)))
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(answers)
  return times
}

async function stored(url: string): Promise<number> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<{ n: number }>('select coalesce(sum(n), 0)::int as n from run_chunk where run_no > 0')
  await client.end()
  return rows[0]?.n ?? 0
}

if (import.meta.main) await benchSends()
