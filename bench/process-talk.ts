import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A process of the benchmark with which one talks in lines. */
export interface Talk {
  readonly child: ChildProcess
  /** The next line that it prints. @throws Error when it ends without one */
  line(): Promise<string>
  say(line: string): void
  end(): Promise<void>
}

/** Starts one of bench/processes. */
export function talkTo(file: string, options: { env: Readonly<Record<string, string>>; flags?: readonly string[] }): Talk {
  const child = spawn(process.execPath, [...(options.flags ?? []), join(import.meta.dirname, 'processes', file)], {
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  return {
    child,
    async line() {
      const next = await lines.next()
      if (next.done) throw new Error(`${file} ended without saying what was waited for`)
      return next.value
    },
    say: (line) => void child.stdin.write(`${line}\n`),
    async end() {
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** CPU time of a process, µs; Linux counts it in hundredths of a second. Elsewhere 0. */
export function cpuOf({ pid }: ChildProcess): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10_000
  } catch {
    return 0
  }
}
