import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { AudienceCheck } from '#schemas/audience.ts'
import type { Language } from '#schemas/localized.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { checkAudience } from '#runtime/audience/check-audience.ts'
import type { CheckDeps } from '#runtime/compile/describe.ts'
import { AppError, type Log } from '#runtime/sdk/index.ts'
import { meaningOf } from './meaning.ts'

/** People of one check. More are a run's business. */
const MOST_PEOPLE = 200_000
/** A check is over after this, ms: somebody's database is read meanwhile. */
const LONGEST_MS = 5 * 60_000
/** An answer is given again for so long, ms: then the people may be others. */
const KEPT_MS = 10 * 60_000
/** Of all workspaces, at a time; the others wait. */
const AT_A_TIME = 2
/** Answers that are kept, at most. */
const MOST_KEPT = 100

interface Asking {
  readonly workspaceId: string
  readonly workflowId: string
  readonly document: WorkflowDocument
  /** Versions of the stored lists that it reads: who pasted other people asks about others. */
  readonly lists: Readonly<Record<string, number>>
  readonly language: Language
}

interface Job {
  readonly workspaceId: string
  readonly workflowId: string
  readonly key: string
  readonly stop: AbortController
  readonly startedAt: number
  check: AudienceCheck
  over: Promise<void>
}

interface Deps {
  checkDeps(workspaceId: string, signal: AbortSignal, workflowId: string): Promise<CheckDeps>
  readonly now: () => number
  readonly log: Pick<Log, 'error'>
}

/**
 * Checks of whole audiences, in the background of this process. One workflow has one at a time: a newer draft calls the older one's off.
 * Answers are kept for a while by what the draft means. Nothing is stored: after a restart the editor asks again.
 */
export class AudienceChecks {
  readonly #deps: Deps
  readonly #jobs = new Map<string, Job>()
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** The check of this draft: the one that is under way or still fresh, else a new one. */
  start(asking: Asking): AudienceCheck {
    const { workspaceId, workflowId, document, lists, language } = asking
    const key = JSON.stringify([workspaceId, workflowId, language, meaningOf(document), lists])
    const known = [...this.#jobs.values()].find((job) => job.key === key && this.#isFresh(job))
    if (known) return known.check
    for (const job of this.#jobs.values())
      if (job.workspaceId === workspaceId && job.workflowId === workflowId) this.#callOff(job)
    const job: Job = {
      workspaceId,
      workflowId,
      key,
      stop: new AbortController(),
      startedAt: this.#deps.now(),
      check: blank(),
      over: Promise.resolve(),
    }
    this.#jobs.set(job.check.id, job)
    this.#forgetOld()
    job.over = this.#work(job, asking)
    return job.check
  }

  /** @throws AppError `not-found` */
  read(place: Pick<Asking, 'workspaceId' | 'workflowId'>, id: string): AudienceCheck {
    return this.#find(place, id).check
  }

  /** Calls a check off; one that is over stays as it is. @throws AppError `not-found` */
  cancel(place: Pick<Asking, 'workspaceId' | 'workflowId'>, id: string): void {
    this.#callOff(this.#find(place, id))
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    for (const job of this.#jobs.values()) this.#callOff(job)
    await Promise.all([...this.#jobs.values()].map(({ over }) => over))
  }

  #find({ workspaceId, workflowId }: Pick<Asking, 'workspaceId' | 'workflowId'>, id: string): Job {
    const job = this.#jobs.get(id)
    if (job?.workspaceId !== workspaceId || job.workflowId !== workflowId) throw new AppError('not-found', { what: 'check' })
    return job
  }

  #isFresh({ check, startedAt }: Job): boolean {
    const isOpen = check.state === 'waiting' || check.state === 'running'
    return isOpen || (check.state === 'done' && this.#deps.now() - startedAt < KEPT_MS)
  }

  #callOff(job: Job): void {
    if (job.check.state !== 'waiting' && job.check.state !== 'running') return
    job.check = { ...job.check, state: 'cancelled' }
    job.stop.abort(new AppError('cancelled', {}))
  }

  /** What is over is gone after a while, people's messages with it; and the oldest before that, where there are too many. */
  #forgetOld(): void {
    for (const [id, { check, startedAt }] of this.#jobs) {
      if (check.state === 'waiting' || check.state === 'running') continue
      if (this.#jobs.size > MOST_KEPT || this.#deps.now() - startedAt > KEPT_MS) this.#jobs.delete(id)
    }
  }

  async #turn(): Promise<void> {
    // Who waits gets the place of the one who ends: nobody comes in between.
    if (this.#running >= AT_A_TIME) await new Promise<void>((resolve) => void this.#waiting.push(resolve))
    else this.#running += 1
  }

  async #work(job: Job, { workspaceId, document, language }: Asking): Promise<void> {
    await this.#turn()
    const timeout = AbortSignal.timeout(LONGEST_MS)
    const startedAt = this.#deps.now()
    const tell = (part: Partial<AudienceCheck>): void => {
      if (job.stop.signal.aborted) return
      job.check = { ...job.check, ...part, tookMs: this.#deps.now() - startedAt }
    }
    try {
      job.stop.signal.throwIfAborted()
      tell({ state: 'running' })
      const deps = await this.#deps.checkDeps(workspaceId, AbortSignal.any([job.stop.signal, timeout]), job.workflowId)
      const progress = async (figures: Partial<AudienceCheck>): Promise<void> => {
        tell(figures)
        // Whoever asks this process for something else gets her turn.
        await setImmediate()
      }
      const result = await checkAudience(document, { ...deps, limit: MOST_PEOPLE, language, progress })
      tell({ ...result, state: 'done' })
    } catch (error) {
      if (job.stop.signal.aborted) return
      // What was counted until the time was over is worth showing.
      if (timeout.aborted) tell({ state: 'done', complete: false })
      else tell({ state: 'failed', error: this.#reason(error, language) })
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#running -= 1
    }
  }

  #reason(error: unknown, language: Language): NonNullable<AudienceCheck['error']> {
    if (error instanceof AppError) return { code: error.code, message: error.text[language] }
    const requestId = randomUUID()
    const detail = error instanceof Error ? error.stack : String(error)
    this.#deps.log.error('The check of an audience failed', { requestId, error: detail })
    return { code: 'internal', message: new AppError('internal', { requestId }).text[language] }
  }
}

function blank(): AudienceCheck {
  return {
    id: randomUUID(),
    state: 'waiting',
    people: 0,
    complete: false,
    limit: MOST_PEOPLE,
    tookMs: 0,
    missing: [],
    leftOut: [],
    channels: [],
    error: null,
  }
}
