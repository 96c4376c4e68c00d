import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '#server/config.ts'
import { childrenOf, signal } from './process-tree.ts'

/** Parts that run; they would outlive us. */
const running = new Set<Part>()

/** Ends all parts at once: for whoever breaks the torture off. */
export function killParts(): void {
  for (const part of running) part.signal('SIGKILL')
}

/** A part of the product as a person starts it: `alimflow server`, `alimflow worker`. */
export class Part {
  readonly #process: ChildProcess
  readonly #said: Promise<string>

  constructor(command: 'server' | 'worker', options: { env: Readonly<Record<string, string>>; logFile: string }) {
    const log = openSync(options.logFile, 'a')
    this.#process = spawn(process.execPath, [join(projectFolder, 'server/cli/alimflow.ts'), command], {
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', log],
    })
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    this.#said = promise
    promise.catch(() => undefined) // who waits for it hears of it
    let text = ''
    this.#process.stdout?.on('data', (data: Buffer) => {
      text += data.toString()
      if (/http:\/\/\S+|The worker works/.test(text)) resolve(text)
    })
    running.add(this)
    this.#process.once('exit', (code) => {
      running.delete(this)
      const tail = readFileSync(options.logFile, 'utf8').slice(-3000)
      reject(new Error(`alimflow ${command} ended (${code}): ${tail}`))
    })
  }

  get pid(): number {
    return this.#process.pid ?? 0
  }

  /** Process of the worker below its supervisor; null: it has none now. */
  get child(): number | null {
    return childrenOf(this.pid)[0] ?? null
  }

  /** Settles with the first line it says: it runs. */
  ready(): Promise<string> {
    return this.#said
  }

  /** A signal to the whole part: supervisor and child. */
  signal(name: NodeJS.Signals): void {
    for (const pid of [this.pid, ...childrenOf(this.pid)]) signal(pid, name)
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  async #end(name: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const gone = once(this.#process, 'exit')
    if (name === 'SIGKILL') this.signal(name)
    else signal(this.pid, name)
    await gone
  }
}
