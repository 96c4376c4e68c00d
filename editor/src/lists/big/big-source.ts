import type { BigRows, Source } from '../source.ts'
import { UnreadableFile } from '../unreadable-file.ts'
import type { FromWorker, ToWorker } from './worker-talk.ts'

/** From this size on (bytes) a file is read by a worker, the first rows first. */
export const BIG_BYTES = 5_000_000

/** Opens a file in a worker of its own and reads its first rows. @throws UnreadableFile */
export async function bigSource(file: File, wanted: string | null = null): Promise<Source> {
  const worker = new BigWorker()
  try {
    const opened = await worker.ask({ ask: 'open', file, sheet: wanted })
    if (opened.answer !== 'opened') throw new UnreadableFile('broken')
    const { rows, sheets, sheet } = opened
    const name = file.name.replace(/\.[^.]{1,5}$/, '')
    return {
      name,
      sheets,
      sheet,
      rows,
      open: (other) => bigSource(file, other),
      big: { bytes: file.size, portions: reader(file, sheet) },
    }
  } finally {
    worker.end()
  }
}

const reader = (file: File, sheet: string | null): BigRows['portions'] =>
  async function* portions(plan, signal) {
    const worker = new BigWorker()
    const stop = () => worker.end()
    signal.addEventListener('abort', stop)
    try {
      await worker.ask({ ask: 'open', file, sheet })
      let said = await worker.ask({ ask: 'read', plan })
      while (said.answer === 'portion') {
        signal.throwIfAborted()
        yield said.portion
        said = await worker.ask({ ask: 'next' })
      }
    } finally {
      signal.removeEventListener('abort', stop)
      worker.end()
    }
  }

/** One question at a time. */
class BigWorker {
  readonly #worker = new Worker(new URL('./big-worker.ts', import.meta.url), { type: 'module' })
  #end: ((error: Error) => void) | null = null

  ask(question: ToWorker): Promise<FromWorker> {
    return new Promise((resolve, reject) => {
      this.#end = reject
      this.#worker.onerror = ({ message }) => reject(new Error(message))
      this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.answer !== 'failed') return resolve(data)
        reject(data.reason === null ? new Error(data.message) : new UnreadableFile(data.reason))
      }
      this.#worker.postMessage(question)
    })
  }

  end(): void {
    this.#worker.terminate()
    this.#end?.(new DOMException('The reading was called off', 'AbortError'))
  }
}
