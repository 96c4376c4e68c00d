import type { AppError } from '#runtime/sdk/index.ts'
import { crashPoint } from '#runtime/crash-point.ts'
import { callProvider, deadlineSignal, sliceFor } from './call.ts'
import { configurationAnswer, lateAnswer, unknownAnswer, type CallEnd } from './call-end.ts'
import { claimWithLeave } from './claim.ts'
import type { Leave } from './gate.ts'
import { isExpired } from './expiry.ts'
import { giveBack, listingWait, takeLeave, unknownDoubt, type Hand } from './hand.ts'
import { askForLeave } from './leave.ts'
import type { TakenChunk } from './ledger.ts'
import { pauseToMend } from './mend.ts'
import type { Prepared } from './prepare.ts'
import { Proof } from './proof.ts'
import { writeRows } from './record-rows.ts'
import type { Answer } from './results.ts'
import type { Sender } from './sender.ts'
import { WindowAnswers } from './window-answers.ts'
import { callsOfWindow } from './window-calls.ts'
import { spanOf } from './window-span.ts'

/** What is answered is recorded after this time, however little it is: progress is seen, and the claim renewed. */
const RECORD_MS = 500

/** Sends the chunk as a window of calls over claimed rows. */
export async function sendWindow(sender: Sender, hand: Hand, prepared: Prepared): Promise<void> {
  const rows = (_: number, probe: boolean): number => (probe ? 1 : spanOf(sender))
  while (await claimWithLeave(sender, hand, { prepared, rows })) {
    const held = await new Window(sender, hand, prepared).run()
    if (!held) return
    hand.chunk = held
  }
}

/** Why no new call is made: the run stops, the claim ends too soon, the chunk is lost, or what became of a call must be looked up first. */
type Halt = 'stop' | 'late' | 'fenced' | 'doubt' | 'wait'

/**
 * Calls in flight over the claimed rows of a chunk. Answers come in any order; the longest answered beginning is recorded once it is half
 * as long as what is claimed, or half a second old, and the same statement claims as many rows more. So a crash leaves at most one such
 * span in doubt.
 */
class Window {
  readonly #sender: Sender
  readonly #hand: Hand
  readonly #prepared: Prepared
  /** Most calls in flight. */
  readonly #size: number
  /** Most rows claimed and not recorded. */
  readonly #span: number
  readonly #answers: WindowAnswers
  /** One call finds out whether the provider works again. */
  readonly #probes: boolean
  #mend: AppError | null = null
  #signal: AbortSignal
  #halt: Halt | null = null
  /** The next row to call for; rows before it are in flight, answered, or not ready. */
  #next: number
  /** Rows before it may have been called for. */
  #reached: number
  #inFlight = 0
  #asking = false
  #recording = false
  #recordedAt = performance.now()
  /** Why a record could not be written. */
  #broken: { readonly cause: unknown } | null = null
  #wake: () => void = () => undefined

  constructor(sender: Sender, hand: Hand, prepared: Prepared) {
    this.#sender = sender
    this.#hand = hand
    this.#prepared = prepared
    this.#probes = hand.leave?.probe === true
    this.#size = this.#probes ? 1 : sender.gate.window
    this.#span = this.#probes ? 1 : spanOf(sender)
    this.#next = hand.chunk.from
    this.#answers = new WindowAnswers(prepared.rows, hand.chunk.from)
    this.#reached = hand.chunk.from
    this.#signal = deadlineSignal(sender, hand.chunk)
  }

  /** Null: the chunk is closed, handed back, or somebody else's. */
  async run(): Promise<TakenChunk | null> {
    try {
      for (;;) {
        const news = new Promise<void>((resolve) => (this.#wake = resolve))
        if (this.#broken) throw this.#broken.cause
        this.#callMore()
        if (!this.#recording) {
          const to = this.#answers.answeredTo(this.#next)
          if (this.#isDue(to)) this.#startRecord(to)
          else if (this.#hand.chunk.from >= this.#hand.chunk.n) return null
          else if (this.#isIdle()) {
            if (this.#fillsGaps()) continue
            return await this.#end()
          }
        }
        await news
      }
    } finally {
      this.#halt ??= 'stop'
      while (this.#inFlight > 0 || this.#asking || this.#recording) await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  /** Nothing is under way and nothing more will be. */
  #isIdle(): boolean {
    return this.#inFlight === 0 && !this.#asking && (this.#halt !== null || this.#next >= this.#hand.chunk.claimed)
  }

  /** Calls go on meanwhile: their rows are claimed. */
  #startRecord(to: number): void {
    this.#recording = true
    this.#recordedAt = performance.now()
    void this.#record(to)
      .catch((cause: unknown) => (this.#broken = { cause }))
      .finally(() => {
        this.#recording = false
        this.#wake()
      })
  }

  #callMore(): void {
    const { chunk } = this.#hand
    while (!this.#halt && this.#next < chunk.claimed && this.#inFlight < this.#size) {
      if (this.#sender.stopped()) this.#halt = 'stop'
      else if (!this.#prepared.rows[this.#next]?.ready) this.#next++
      else if (isExpired(this.#sender, chunk)) this.#answers.put(this.#next++, { state: 'expired', code: 'expired' })
      else {
        const leave = takeLeave(this.#hand) ?? this.#sender.gate.tryAsk(1)
        if (!leave) return this.#ask()
        this.#call(this.#next++, leave)
      }
    }
  }

  /** Leave is not at hand: it comes, or it does not for a while. */
  #ask(): void {
    if (this.#asking) return
    this.#asking = true
    void askForLeave(this.#sender, 1)
      .then((leave) => {
        if (leave.kind === 'go') this.#hand.leave = leave
        else this.#halt ??= this.#sender.stopped() ? 'stop' : 'wait'
      })
      .catch((error: unknown) => {
        this.#sender.log.warn('Leave for calls could not be asked for', {
          detail: error instanceof Error ? error.message : String(error),
        })
        this.#halt ??= 'wait'
      })
      .finally(() => {
        this.#asking = false
        this.#wake()
      })
  }

  // No async function, and no closure that is not needed: there is one of them for each message.
  #call(place: number, leave: Leave): void {
    this.#inFlight++
    this.#hand.called = true
    const { chunk } = this.#hand
    const slice = sliceFor(this.#sender, chunk, { from: place, places: [place], rows: this.#prepared.rows })
    const proof = new Proof()
    const over = (end: CallEnd, proved: Buffer | null): void => {
      this.#heard(place, end, proved)
      this.#inFlight--
      this.#wake()
    }
    callProvider(this.#sender, chunk, { slice, from: place, proof, leave, signal: this.#signal })
      .then((end) => over(end, end.kind === 'late' || end.kind === 'fenced' ? null : proof.digest(slice)))
      .catch((error: unknown) => {
        // Only a bug of ours throws here: what became of the call is not known.
        this.#sender.log.error('A call failed in an unknown way', {
          detail: error instanceof Error ? error.stack : String(error),
        })
        over({ kind: 'unknown', handle: null, code: 'exception' }, null)
      })
  }

  #heard(place: number, end: CallEnd, proof: Buffer | null): void {
    if (end.kind === 'late' || end.kind === 'fenced') {
      // Not made. Those behind it come later still, so none of them is made either.
      this.#halt ??= this.#sender.stopped() ? 'stop' : 'late'
      return
    }
    this.#reached = Math.max(this.#reached, place + 1)
    if (end.kind === 'unknown' && this.#sender.session.lookup) {
      this.#halt = 'doubt'
      return
    }
    if (end.kind === 'answered') {
      this.#answers.put(place, end.results[0] as Answer, { proof, retryAfterMs: end.retryAfterMs })
    } else if (end.kind === 'unknown') {
      this.#answers.put(place, unknownAnswer(end), { proof })
    } else {
      // Certainly not accepted: it waits until somebody mended the connection, and the record pauses the run.
      this.#halt ??= 'stop'
      this.#mend = end.error
      this.#answers.put(place, configurationAnswer(end), { proof })
    }
  }

  /**
   * A call that was not made while one behind it was: with the claim renewed in between, the later one still fitted. Handing back from
   * the gap on would send the later one twice, so the gap is tried again as an attempt of its own. True: there was one.
   */
  #fillsGaps(): boolean {
    if (this.#halt === 'fenced' || this.#halt === 'doubt') return false
    const { from } = this.#hand.chunk
    this.#answers.fill(from, this.#reached, lateAnswer)
    return this.#reached > from
  }

  #isDue(to: number): boolean {
    const { from, claimed } = this.#hand.chunk
    if (to === from) return false
    // Nobody's to record any more; what is known of them goes to whoever took over, once all of it is.
    if (this.#halt === 'fenced') return this.#inFlight === 0
    if (to - from >= Math.max(1, Math.floor(this.#span / 2))) return true
    if (performance.now() - this.#recordedAt >= RECORD_MS) return true
    return this.#inFlight === 0 && (this.#halt !== null || to === claimed)
  }

  async #record(to: number): Promise<void> {
    const { chunk } = this.#hand
    const taken = this.#answers.take(chunk.from, to)
    const { answered, retryAfterMs } = taken
    const claims = !this.#halt && !this.#probes
    if (this.#mend) await pauseToMend(this.#sender, this.#mend.toJSON())
    const { answer, held } = await writeRows(this.#sender, chunk, {
      from: chunk.from,
      to,
      next: claims ? Math.max(chunk.claimed, Math.min(chunk.n, to + this.#span)) : chunk.claimed,
      prepared: this.#prepared,
      answered,
      ...callsOfWindow(this.#sender, chunk, taken),
      retryAfterMs,
    })
    crashPoint('after-record')
    // Fenced, nothing more was claimed.
    this.#hand.chunk = answer === 'fenced' ? { ...held, claimed: chunk.claimed } : held
    if (answer === 'fenced') this.#halt = 'fenced'
    else {
      if (answer === 'stop') this.#halt ??= 'stop'
      this.#signal = deadlineSignal(this.#sender, held)
    }
    this.#hand.called = this.#reached > this.#hand.chunk.from || this.#inFlight > 0
  }

  /** Nothing is in flight any more and what could be recorded is. */
  async #end(): Promise<TakenChunk | null> {
    const { chunk } = this.#hand
    // Where the handing back of rows in doubt fails, whoever tries it once more must still know that they were called for.
    if (this.#halt !== 'doubt' && this.#halt !== 'fenced') this.#hand.called = false
    switch (this.#halt) {
      // Whoever has the chunk now may wonder which of its rows were called for.
      case 'fenced':
      case 'doubt':
        return giveBack(this.#sender, chunk, {
          claimed: this.#reached,
          readyInMs: listingWait(this.#sender),
          doubt: unknownDoubt(this.#sender),
        })
      case 'stop':
      case 'late':
        return giveBack(this.#sender, chunk, { claimed: chunk.from, readyInMs: 0, doubt: 'none' })
      case 'wait':
      case null:
        return { ...chunk }
    }
  }
}
