import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { join } from 'node:path'
import type { Behaviour } from '../fake/behaviour.ts'
import { freePort } from './cluster.ts'

interface Told {
  readonly port?: number
  readonly flight?: readonly (readonly [worker: number, calls: number])[]
  readonly calls?: number
  readonly behaves?: true
}

/** The fake provider's process, always at the same address; tells `flight` whenever a call that sends begins or ends. */
export class FakeProcess extends EventEmitter<{ flight: [] }> {
  readonly port: number
  readonly logFile: string
  #process: ChildProcess | null = null
  /** Calls under way by the worker process that made them. */
  flight: ReadonlyMap<number, number> = new Map()
  /** Calls since it was started. */
  calls = 0

  private constructor(port: number, logFile: string) {
    super()
    this.port = port
    this.logFile = logFile
  }

  static async start(logFile: string): Promise<FakeProcess> {
    const fake = new FakeProcess(await freePort(), logFile)
    await fake.restart()
    return fake
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get inFlight(): number {
    return [...this.flight.values()].reduce((sum, calls) => sum + calls, 0)
  }

  async restart(): Promise<void> {
    const child = fork(join(import.meta.dirname, '../fake/main.ts'), [this.logFile, String(this.port)], { execArgv: [] })
    this.#process = child
    this.calls = 0
    const { promise, resolve } = Promise.withResolvers<void>()
    child.on('message', (raw) => {
      const told = raw as Told // what fake/main.ts says
      if (told.port !== undefined) resolve()
      if (told.flight === undefined) return
      this.flight = new Map(told.flight)
      this.calls = told.calls ?? this.calls
      this.emit('flight')
    })
    await promise
  }

  async behave(behaviour: Behaviour): Promise<void> {
    const child = this.#process
    if (!child) throw new Error('The fake does not run')
    const heard = once(child, 'message')
    child.send(behaviour)
    await heard
  }

  async kill(): Promise<void> {
    const child = this.#process
    if (!child) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    this.#process = null
    this.flight = new Map()
  }
}
