// The hand-written script's side of the benchmark, a process of its own: prints one line of JSON.
import pg from 'pg'
import Cursor from 'pg-cursor'
import { Pool } from 'undici'

interface Baseline {
  runBaseline(options: object): Promise<{ messages: number; seconds: number; perSecond: number; peakRssMb: number }>
}

const { BENCH_BASELINE = '', BENCH_SOURCE = '', BENCH_SINK = '', BENCH_PROVIDER = '' } = process.env
// The file lies outside of the project; its README says what it exports.
const script = (await import(BENCH_BASELINE)) as Baseline
const options = (url: string) => ({ connectionString: url })
const before = process.cpuUsage()
const result = await script.runBaseline({
  deps: { pg, Cursor, Pool },
  source: options(BENCH_SOURCE),
  sink: options(BENCH_SINK),
  provider: BENCH_PROVIDER,
  rows: Number(process.env['BENCH_ROWS'] ?? 0),
  mode: process.env['BENCH_BATCH'] === '1' ? 'single' : 'bulk',
  lookup: process.env['BENCH_LOOKUP'] === '1',
})
const cpu = process.cpuUsage(before)
console.log(JSON.stringify({ ...result, cpuMicros: (cpu.user + cpu.system) / result.messages }))
