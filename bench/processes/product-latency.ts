// From execute to the first call, 1,000 recipients, warm: prints the times of all runs, less the source's own.
import type { SqlConnection } from '#runtime/sdk/index.ts'
import { startRun } from '#server/runs/start.ts'
import { boxes, openWorker } from './engine.ts'
import { ended, makeWorkflow } from './workflow.ts'

const RUNS = 20
let firstCallAt = 0
const worker = await openWorker({ heard: () => (firstCallAt ||= performance.now()) })
let sourceMs = 0
timed(worker.source, (ms) => (sourceMs += ms))
const ids = await makeWorkflow(worker.pool, { source: worker.source, rows: 1000, lookup: false })

const times: number[] = []
for (let round = -2; round < RUNS; round++) {
  firstCallAt = 0
  sourceMs = 0
  const at = performance.now()
  const started = await startRun(
    { pool: worker.pool, boss: worker.boss, runKeys: boxes.runKeys },
    { ...ids, trigger: 'manual', actor: 'bench' },
  )
  await ended(worker.pool, started?.runId ?? '')
  if (round >= 0) times.push(firstCallAt - at - sourceMs)
  // Where a person would rest too: what the last run left to do must not help or hinder the next one.
  await new Promise((done) => setTimeout(done, 500))
}
await worker.close()
console.log(JSON.stringify({ times }))
process.exit(0)

/** Measures how long the source itself takes: until its statement has answered, and each time that it is waited for. */
function timed(source: SqlConnection, add: (ms: number) => void): void {
  const stream = source.stream.bind(source)
  source.stream = async (...args) => {
    const opened = await stream(...args)
    return {
      columns: opened.columns,
      async *[Symbol.asyncIterator]() {
        let at = performance.now()
        for await (const batch of opened) {
          add(performance.now() - at)
          yield batch
          at = performance.now()
        }
        add(performance.now() - at)
      },
    }
  }
}
