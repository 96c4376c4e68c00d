import type { Dispatcher } from 'undici'
import { cutOffAt } from './cut-off.ts'

/** Largest answer that is read. */
const MAX_BYTES = 10 * 1024 * 1024

/** A request as the dispatcher takes it; whoever needs no `origin` has a dispatcher of one host. */
export interface Question {
  readonly origin?: string
  readonly path: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | null
}

/** A whole answer. */
export interface Answer {
  readonly status: number
  readonly headers: Record<string, string>
  /** UTF-8. */
  readonly body: string
}

/**
 * One question and its whole answer: no streams, no promise but one. At a message a call that is a third of all that a call costs
 * (undici's `request` makes a stream, a resource and a listener on the signal for each). Ends at the time-out, in ms, or the signal, whatever
 * the other side does meanwhile; reads at most 10 MB; follows no redirect.
 */
export function exchange(
  dispatcher: Dispatcher,
  question: Question,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal | undefined },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const hearing = new Hearing(resolve, reject)
    const uncut = cutOffAt({ timeoutMs, signal }, (reason) => hearing.cutOff(reason))
    hearing.over = uncut
    if (hearing.ended) return
    try {
      // undici's union of methods; the server on the other side judges the word.
      dispatcher.dispatch({ ...question, method: question.method as 'GET', headersTimeout: 0, bodyTimeout: 0 }, hearing)
    } catch (error) {
      hearing.onResponseError(null, error)
    }
  })
}

/** Hears one answer. */
class Hearing implements Dispatcher.DispatchHandler {
  readonly #resolve: (answer: Answer) => void
  readonly #reject: (error: unknown) => void
  #controller: Dispatcher.DispatchController | null = null
  #status = 0
  #headers: Record<string, string> = {}
  #parts: Buffer[] = []
  #bytes = 0
  ended = false
  /** Called once, when nothing more is waited for. */
  over: () => void = () => undefined

  constructor(resolve: (answer: Answer) => void, reject: (error: unknown) => void) {
    this.#resolve = resolve
    this.#reject = reject
  }

  cutOff(reason: Error): void {
    this.#fail(reason)
    // Where it still waits for a connection it never goes out: see onRequestStart.
    this.#controller?.abort(reason)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.ended) controller.abort(new Error('cut off before it began'))
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    // What comes before the answer itself ("100 Continue") says nothing.
    if (status < 200) return
    this.#status = status
    for (const name of Object.keys(headers)) {
      const value = headers[name]
      this.#headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '')
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, part: Buffer): void {
    this.#bytes += part.length
    if (this.#bytes > MAX_BYTES) this.cutOff(new Error(`the answer is larger than ${MAX_BYTES} bytes`))
    else this.#parts.push(part)
  }

  onResponseEnd(): void {
    if (this.ended) return
    this.#end()
    const [first] = this.#parts
    const whole = first && this.#parts.length === 1 ? first : Buffer.concat(this.#parts)
    this.#resolve({ status: this.#status, headers: this.#headers, body: whole.toString('utf8') })
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: unknown): void {
    this.#fail(error)
  }

  #fail(error: unknown): void {
    if (this.ended) return
    this.#end()
    this.#reject(error)
  }

  #end(): void {
    this.ended = true
    this.over()
  }
}
