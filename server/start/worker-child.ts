import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { Log } from '#runtime/sdk/index.ts'
import { projectFolder } from '#server/config.ts'
import { STOP_PATIENCE_MS } from '#server/worker/engine.ts'
import type { FromWorker, ToWorker } from '#server/worker/messages.ts'
import { isSilent, sleptBetween, type SilenceRule } from './silence.ts'

export interface WorkerTimes extends SilenceRule {
  /** Before the first restart; doubles up to the longest. */
  readonly restartMs: number
  readonly longestRestartMs: number
  /** For an orderly stop, then it is killed. */
  readonly stopMs: number
}

const usualTimes: WorkerTimes = {
  pingMs: 1000,
  unanswered: 15,
  unansweredAtStart: 300,
  unansweredAtDeadline: 2,
  beforeDeadlineMs: 4_000,
  restartMs: 250,
  longestRestartMs: 10_000,
  stopMs: STOP_PATIENCE_MS + 10_000,
}

/** A stop is over then, one way or the other. */
export const longestStopMs = usualTimes.stopMs + 5_000

/** One that ran this long had a good start: the next restart is quick again. */
const healthyMs = 60_000

export interface SupervisedWorker {
  state(): 'ok' | 'starting' | 'down'
  /** Process number; null between two lives. */
  pid(): number | null
  /** Ends this life orderly and begins another at once, with the plugin files as they are now. What is half done goes to the others or waits. */
  renew(leaveOut: readonly string[]): Promise<void>
  /** Orderly, then by force; not started again. */
  stop(): Promise<void>
}

/**
 * Keeps one worker process alive: starts it, restarts it with growing pauses when it dies, kills it (SIGKILL) when it does
 * not answer: a frozen worker must be dead before others take over its work.
 */
export function superviseWorker(options: {
  start: Extract<ToWorker, { type: 'start' }>
  log: Log
  times?: Partial<WorkerTimes>
  /** Folder in which Node keeps what it compiled: the next start is quicker, and 18 MB smaller without the compiler of TypeScript. */
  compileCache?: string
  /** For tests: another program. */
  program?: string
}): SupervisedWorker {
  const times = { ...usualTimes, ...options.times }
  const program = options.program ?? join(projectFolder, 'server/worker/main.ts')
  let life: Life | null = null
  let pause: NodeJS.Timeout | null = null
  let stopping = false
  let renewing = false
  let deaths = 0
  let start = options.start

  function begin(): void {
    pause = null
    const born = performance.now()
    life = startLife(program, start, { log: options.log, times, compileCache: options.compileCache })
    void life.ended.then((how) => {
      life = null
      if (stopping) return
      if (renewing) {
        renewing = false
        return begin()
      }
      deaths = performance.now() - born > healthyMs ? 0 : deaths
      const wait = Math.min(times.restartMs * 2 ** deaths, times.longestRestartMs)
      deaths += 1
      options.log.warn(`The worker process ended (${how}); it is started again in ${wait} ms.`)
      pause = setTimeout(begin, wait)
    })
  }

  begin()
  return {
    state: () => (life ? life.state() : 'down'),
    pid: () => life?.pid ?? null,
    async renew(leaveOut) {
      start = { ...start, leaveOut }
      // Between two lives the next one begins with it anyway.
      if (!life || stopping) return
      renewing = true
      await life.stop()
    },
    async stop() {
      stopping = true
      if (pause) clearTimeout(pause)
      await life?.stop()
    },
  }
}

interface Life {
  readonly pid: number | null
  readonly ended: Promise<string>
  state(): 'ok' | 'starting'
  stop(): Promise<void>
}

interface LifeOptions {
  readonly log: Log
  readonly times: WorkerTimes
  readonly compileCache: string | undefined
}

function startLife(program: string, start: ToWorker, { log, times, compileCache }: LifeOptions): Life {
  const child = fork(program, [], {
    // Measured. The heap may double before it is collected, not grow fourfold: a fifth less memory at no cost in speed. Liftoff only: the
    // parser of SQL is large WebAssembly, and compiling it a second time for speed takes some 400 MB for statements that are parsed once.
    execArgv: ['--max-semi-space-size=16', '--heap-growing-percent=100', '--liftoff-only'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Node keeps what is unset there out of the child's environment.
    env: { NODE_COMPILE_CACHE: compileCache, ...withoutSecrets(process.env) }, // it gets them over the channel, where no list of processes shows them
  })
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`))
    child.once('error', (error) => resolve(error.message))
  })
  let state: 'ok' | 'starting' = 'starting'
  let unanswered = 0
  let deadline: number | null = null
  const tell = (message: ToWorker) => void (child.connected && child.send(message, () => undefined))
  child.on('message', (raw) => {
    const message = raw as FromWorker // what worker/main.ts sends is built from the same type
    unanswered = 0
    if (message.type === 'ready') state = 'ok'
    if (message.type === 'pong') deadline = message.deadlineMs === null ? null : performance.now() + message.deadlineMs
  })
  const silent = (): boolean =>
    isSilent({ state, unanswered, untilDeadlineMs: deadline === null ? null : deadline - performance.now() }, times)
  let beat = performance.now()
  const heart = setInterval(() => {
    const now = performance.now()
    if (sleptBetween(beat, now, times)) [unanswered, deadline] = [0, null]
    beat = now
    unanswered += 1
    if (silent()) {
      log.error('The worker process does not answer and is killed.', { pid: child.pid })
      child.kill('SIGKILL')
    } else tell({ type: 'ping' })
  }, times.pingMs)
  void ended.then(() => clearInterval(heart))
  tell(start)
  return { pid: child.pid ?? null, ended, state: () => state, stop: () => stopLife(child, ended, times.stopMs) }
}

async function stopLife(child: ChildProcess, ended: Promise<string>, patienceMs: number): Promise<void> {
  const message: ToWorker = { type: 'stop' }
  if (child.connected) child.send(message, () => undefined)
  const force = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  await ended
  clearTimeout(force)
}

function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { ALIMFLOW_SECRET_KEY: _key, ALIMFLOW_TOKEN: _token, DATABASE_URL: _url, ...rest } = env
  return rest
}
