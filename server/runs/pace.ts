import { fillText, type Language } from '#schemas/localized.ts'
import type { RunCause } from '#schemas/run.ts'
import { restoreError } from '#runtime/sdk/index.ts'
import { runStateOf } from '#runtime/states/run-states.ts'
import type { StateCounts } from '#schemas/states.ts'
import type { LimitState } from '#server/limits/limit-state.ts'
import type { RunRow } from './run-row.ts'
import type { RunSums } from './sums.ts'

const CAUSES = {
  'reading-audience': { en: 'The list of people is being read.', ko: '받는 사람을 읽고 있어요.' },
  'waiting-for-retry': {
    en: 'Some could not be sent yet and are tried again at their time.',
    ko: '아직 보내지 못한 사람이 있어서, 때가 되면 다시 보내요.',
  },
  'waiting-at-step': {
    en: '{count} people wait for their time at a step of the workflow.',
    ko: '{count}명이 기다리기 단계에서 때를 기다려요.',
  },
  'waiting-for-results': { en: 'Everything is sent; the results are still coming in.', ko: '다 보냈고, 결과를 기다리고 있어요.' },
  cancelling: { en: 'It is being cancelled.', ko: '취소하고 있어요.' },
} as const

/** How fast a run goes, why not faster, and when it will have sent everything. */
export interface Pace {
  readonly rate: number | null
  readonly cause: RunCause | null
  readonly eta: string | null
}

const SENT = ['sent', 'delivered', 'converted', 'failed', 'unconfirmed'] as const
/** Messages that went out so far, whatever became of them. */
export function sentOf(outcomes: StateCounts): number {
  return SENT.reduce((sum, state) => sum + (outcomes[state] ?? 0), 0)
}

/** Messages a second over the whole time of sending: what is known without having watched. Null before anything was sent. */
export function meanRate(
  row: Pick<RunRow, 'started_at' | 'sending_ended_at' | 'rested_ms'>,
  outcomes: StateCounts,
  now: Date,
): number | null {
  const sent = sentOf(outcomes)
  const seconds = (new Date(row.sending_ended_at ?? now).getTime() - new Date(row.started_at).getTime() - row.rested_ms) / 1000
  return sent === 0 || seconds <= 0 ? null : Math.round((sent / seconds) * 10) / 10
}

export interface PaceFacts {
  readonly sums: RunSums | undefined
  readonly outcomes: StateCounts
  readonly rate: number | null
  /** What keeps its connections from being called, or slows them down. */
  readonly limit: LimitState | null
  readonly language: Language
  readonly now: Date
}

export function paceOf(
  row: Pick<RunRow, 'state' | 'cancel_requested' | 'reason'> & Partial<Pick<RunRow, 'blocked'>>,
  facts: PaceFacts,
): Pace {
  const { sums, outcomes, rate, limit, language, now } = facts
  const state = runStateOf(row.state)
  const waits = sums?.waits ?? []
  const people = waits.reduce((sum, { n }) => sum + n, 0)
  const because = (code: keyof typeof CAUSES, until: string | null = null): RunCause => ({
    code,
    message: fillText(CAUSES[code][language], { count: people.toLocaleString(language) }),
    until,
  })
  if (state === 'settling') return { rate, cause: because('waiting-for-results'), eta: null }
  if (row.cancel_requested && state !== 'cancelled') return { rate, cause: because('cancelling'), eta: null }
  if (row.blocked && (state === 'queued' || state === 'preparing' || state === 'sending'))
    return { rate, cause: { code: row.blocked.code, message: restoreError(row.blocked).text[language], until: null }, eta: null }
  if (state === 'queued' || state === 'preparing') return { rate: null, cause: because('reading-audience'), eta: null }
  if (!goesOn(row)) return { rate, cause: null, eta: null }
  const limited: RunCause | null = limit && { code: limit.code, message: limit.message, until: limit.until }
  const waitsUntil = sums?.waitsUntil ? new Date(sums.waitsUntil).toISOString() : null
  if (waitsUntil !== null) {
    // Who waits at a step would not go on without a limit either.
    if (people > 0 && !(limited?.until && limited.until > waitsUntil))
      return { rate, cause: because('waiting-at-step', waitsUntil), eta: latest(waits) }
    if (!limited) return { rate, cause: because('waiting-for-retry', waitsUntil), eta: waitsUntil }
    // A limit that only slows down lets a lane wait for its turn too: it is the cause then, and its time is when the lane comes back.
    const eta = limited.until !== null && limited.until > waitsUntil ? limited.until : waitsUntil
    return { rate, cause: { ...limited, until: limited.until ?? waitsUntil }, eta }
  }
  if (limited?.until) return { rate, cause: limited, eta: limited.until }
  const left = (outcomes.pending ?? 0) + (outcomes.sending ?? 0)
  return {
    rate,
    cause: limited,
    eta: rate && left > 0 ? new Date(now.getTime() + (left / rate) * 1000).toISOString() : null,
  }
}

/** When the last of them goes on. */
function latest(waits: readonly { readonly last: string }[]): string {
  return new Date(Math.max(...waits.map(({ last }) => new Date(last).getTime()))).toISOString()
}

/** Sends, or waits for a time; a waiting run with a reason waits for a person. */
export function goesOn(row: Pick<RunRow, 'state' | 'reason'>): boolean {
  const state = runStateOf(row.state)
  return state === 'sending' || (state === 'waiting' && row.reason === null)
}
