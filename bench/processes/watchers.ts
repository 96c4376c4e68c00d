// So many WebSocket clients that watch one run of the server at BENCH_SERVER, until it has ended: prints how many frames each got.
import { WebSocket } from 'undici'

const { BENCH_SERVER = '', BENCH_RUN = '' } = process.env
const clients = Number(process.env['BENCH_CLIENTS'] ?? 200)

interface Client {
  readonly frames: number[]
  readonly ended: Promise<void>
}

function watch(): Promise<Client> {
  const socket = new WebSocket(`${BENCH_SERVER.replace('http', 'ws')}/ws`)
  const frames: number[] = []
  const ended = Promise.withResolvers<void>()
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'subscribe', runId: BENCH_RUN })))
    socket.addEventListener('error', () => reject(new Error('A watcher could not connect')))
    socket.addEventListener('message', ({ data }) => {
      const frame = JSON.parse(String(data)) as { type: string; state?: string; error?: unknown } // our own server's
      if (frame.type === 'error') reject(new Error(JSON.stringify(frame.error)))
      if (frame.type !== 'run') return
      frames.push(performance.now())
      resolve({ frames, ended: ended.promise })
      if (frame.state === 'completed' || frame.state === 'failed') {
        ended.resolve()
        socket.close()
      }
    })
  })
}

/** Most frames that came within any second. */
function mostInASecond(times: readonly number[]): number {
  let most = 0
  for (let from = 0, to = 0; to < times.length; to++) {
    while ((times[to] as number) - (times[from] as number) >= 1000) from++
    most = Math.max(most, to - from + 1)
  }
  return most
}

const all = await Promise.all(Array.from({ length: clients }, watch))
console.log('watching')
await Promise.all(all.map(({ ended }) => ended))
const counts = all.map(({ frames }) => frames.length)
console.log(
  JSON.stringify({
    least: Math.min(...counts),
    most: Math.max(...counts),
    mostInASecond: Math.max(...all.map(({ frames }) => mostInASecond(frames))),
  }),
)
process.exit(0)
