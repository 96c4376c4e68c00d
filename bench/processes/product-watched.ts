// A bulk run that is there before its worker begins, so that watchers can come: prints its id, waits for a line, prints one line of JSON.
import { once } from 'node:events'
import { startRun } from '#server/runs/start.ts'
import { boxes, cpuSince, openWorker } from './engine.ts'
import { ended, makeWorkflow } from './workflow.ts'

let runId = ''
const worker = await openWorker({
  async before({ pool, boss, source }) {
    const ids = await makeWorkflow(pool, { source, rows: Number(process.env['BENCH_ROWS'] ?? 0), lookup: false })
    const started = await startRun({ pool, boss, runKeys: boxes.runKeys }, { ...ids, trigger: 'manual', actor: 'bench' })
    runId = started?.runId ?? ''
    console.log(runId)
    await once(process.stdin, 'data')
  },
})
const cpu = process.cpuUsage()
const messages = await ended(worker.pool, runId)
const cpuMicros = cpuSince(cpu) / messages
await worker.close()
console.log(JSON.stringify({ messages, cpuMicros }))
process.exit(0)
