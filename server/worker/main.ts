// The worker process: started by the supervisor (server/start/worker-child.ts), does what startWorker does, and never
// outlives its supervisor.
import { createLog } from '#server/log.ts'
import { STOP_PATIENCE_MS } from './engine.ts'
import type { FromWorker, ToWorker } from './messages.ts'
import { startWorker, type WorkerHandle } from './worker.ts'

/** The stop itself cuts off what does not end (STOP_PATIENCE_MS of the engine); this is for a database that does not answer. */
const stopPatienceMs = STOP_PATIENCE_MS + 8_000

const log = createLog('worker')
let working: Promise<WorkerHandle> | null = null
let worker: WorkerHandle | null = null
let stopping = false

const tell = (message: FromWorker) => void (process.connected && process.send?.(message, undefined, {}, () => undefined))

async function start(message: Extract<ToWorker, { type: 'start' }>): Promise<void> {
  const { type: _, secretKeyHex, ...rest } = message
  working = startWorker({ ...rest, secretKey: Buffer.from(secretKeyHex, 'hex'), log })
  try {
    worker = await working
    tell({ type: 'ready' })
  } catch (error) {
    log.error('The worker could not start', { error: String(error) })
    tell({ type: 'failed', message: String(error) })
    process.exit(1)
  }
}

async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(1), stopPatienceMs).unref()
  try {
    await (await working)?.stop()
    process.exit(0)
  } catch (error) {
    log.error('The worker did not stop orderly', { error: String(error) })
    process.exit(1)
  }
}

// What the supervisor sends is built from the same type.
process.on('message', (raw) => {
  const message = raw as ToWorker
  if (message.type === 'ping') tell({ type: 'pong', deadlineMs: worker?.nearestDeadlineMs() ?? null })
  if (message.type === 'start') void start(message)
  if (message.type === 'stop') void stop()
})
process.on('disconnect', () => void stop())
process.on('SIGTERM', () => void stop())
process.on('SIGINT', () => undefined) // Ctrl-C reaches every process of the terminal; the supervisor decides the order
if (!process.connected) {
  process.stderr.write('The worker is started by: alimflow worker\n')
  process.exit(1)
}
