import type { Line } from '../report.ts'
import { cpuOf, talkTo } from '../process-talk.ts'
import { spread } from '../stats.ts'
import { WORKER_FLAGS, type Stage } from '../stage.ts'

const CLIENTS = 200

interface Watched {
  /** CPU time of the server process, µs a message of the run. */
  readonly serverMicros: number
  readonly workerMicros: number
  readonly mostInASecond: number
}

/** What 200 clients that watch a run cost the server, against what a message costs in all; and how many frames a second each gets. */
export async function measureWatchers(stage: Stage, { rows, rounds }: { rows: number; rounds: number }): Promise<Line[]> {
  const added: number[] = []
  let frames = 0
  for (let round = 1; round <= rounds; round++) {
    const alone = await watched(stage, { rows, clients: 0 })
    const many = await watched(stage, { rows, clients: CLIENTS })
    added.push((many.serverMicros - alone.serverMicros) / (alone.serverMicros + alone.workerMicros))
    frames = Math.max(frames, many.mostInASecond)
    console.log(
      `watchers, round ${round}: server ${alone.serverMicros.toFixed(2)} µs a message alone, ${many.serverMicros.toFixed(2)} with ${CLIENTS} clients; worker ${alone.workerMicros.toFixed(1)} µs`,
    )
  }
  const share = spread(added)
  return [
    {
      job: `${CLIENTS} watchers: CPU added a message`,
      unit: '%',
      ours: share.median * 100,
      baseline: null,
      ratio: share,
      bar: '≤ 10 %',
      reached: share.median <= 0.1,
      facts: { rows, rounds },
    },
    {
      job: 'frames a second, most of any client',
      unit: '',
      ours: frames,
      baseline: null,
      ratio: null,
      bar: '≤ 4',
      reached: frames <= 4,
    },
  ]
}

async function watched(stage: Stage, { rows, clients }: { rows: number; clients: number }): Promise<Watched> {
  const env = { ...stage.env, BENCH_PLATFORM: await stage.platform(), BENCH_ROWS: String(rows) }
  const server = talkTo('server.ts', { env })
  const address = await server.line()
  const product = talkTo('product-watched.ts', { env, flags: WORKER_FLAGS })
  const runId = await product.line()
  const watchers =
    clients > 0
      ? talkTo('watchers.ts', { env: { ...env, BENCH_SERVER: address, BENCH_RUN: runId, BENCH_CLIENTS: String(clients) } })
      : null
  await watchers?.line()
  const before = cpuOf(server.child)
  product.say('go')
  // Our own processes print them.
  const { messages, cpuMicros } = JSON.parse(await product.line()) as { messages: number; cpuMicros: number }
  const { mostInASecond } = watchers ? (JSON.parse(await watchers.line()) as { mostInASecond: number }) : { mostInASecond: 0 }
  const serverMicros = (cpuOf(server.child) - before) / messages
  await server.end()
  return { serverMicros, workerMicros: cpuMicros, mostInASecond }
}
