// The product's side of a bulk job, a process of its own like the worker: prints one line of JSON.
import { startRun } from '#server/runs/start.ts'
import { boxes, cpuSince, openWorker, peakRssMb } from './engine.ts'
import { ended, makeWorkflow } from './workflow.ts'

const rows = Number(process.env['BENCH_ROWS'] ?? 0)
const worker = await openWorker()
const ids = await makeWorkflow(worker.pool, { source: worker.source, rows, lookup: process.env['BENCH_LOOKUP'] === '1' })

const cpu = process.cpuUsage()
const startedAt = performance.now()
const started = await startRun(
  { pool: worker.pool, boss: worker.boss, runKeys: boxes.runKeys },
  { ...ids, trigger: 'manual', actor: 'bench' },
)
const messages = await ended(worker.pool, started?.runId ?? '')
const seconds = (performance.now() - startedAt) / 1000
const measured = {
  messages,
  seconds,
  perSecond: Math.round(messages / seconds),
  cpuMicros: cpuSince(cpu) / messages,
  peakRssMb: peakRssMb(),
}
await worker.close()
console.log(JSON.stringify(measured))
process.exit(0)
