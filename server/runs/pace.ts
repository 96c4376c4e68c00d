import type { Language } from '#schemas/localized.ts'
import type { Reason } from '#schemas/message.ts'
import { runStateOf } from '#runtime/states/run-states.ts'
import type { StateCounts } from '#schemas/states.ts'
import type { RunRow } from './run-row.ts'
import type { RunSums } from './sums.ts'

const CAUSES = {
  'reading-audience': { en: 'The list of people is being read.', ko: '받는 사람을 읽고 있어요.' },
  'waiting-for-retry': {
    en: 'Some could not be sent yet and are tried again at their time.',
    ko: '아직 보내지 못한 사람이 있어서, 때가 되면 다시 보내요.',
  },
  'waiting-for-results': { en: 'Everything is sent; the results are still coming in.', ko: '다 보냈고, 결과를 기다리고 있어요.' },
  cancelling: { en: 'It is being cancelled.', ko: '취소하고 있어요.' },
} as const

/** How fast a run goes, why not faster, and when it will have sent everything. */
export interface Pace {
  readonly rate: number | null
  readonly cause: Reason | null
  readonly eta: string | null
}

const SENT = ['sent', 'delivered', 'converted', 'failed', 'unconfirmed'] as const
/** Messages that went out so far, whatever became of them. */
export function sentOf(outcomes: StateCounts): number {
  return SENT.reduce((sum, state) => sum + (outcomes[state] ?? 0), 0)
}

/** Messages a second over the whole time of sending: what is known without having watched. Null before anything was sent. */
export function meanRate(row: Pick<RunRow, 'started_at' | 'sending_ended_at'>, outcomes: StateCounts, now: Date): number | null {
  const sent = sentOf(outcomes)
  const seconds = (new Date(row.sending_ended_at ?? now).getTime() - new Date(row.started_at).getTime()) / 1000
  return sent === 0 || seconds <= 0 ? null : Math.round((sent / seconds) * 10) / 10
}

export function paceOf(
  row: Pick<RunRow, 'state' | 'cancel_requested'>,
  facts: { sums: RunSums | undefined; outcomes: StateCounts; rate: number | null; language: Language; now: Date },
): Pace {
  const { sums, outcomes, rate, language, now } = facts
  const state = runStateOf(row.state)
  const because = (code: keyof typeof CAUSES): Reason => ({ code, message: CAUSES[code][language] })
  if (state === 'settling') return { rate, cause: because('waiting-for-results'), eta: null }
  if (row.cancel_requested && state !== 'cancelled') return { rate, cause: because('cancelling'), eta: null }
  if (state === 'queued' || state === 'preparing') return { rate: null, cause: because('reading-audience'), eta: null }
  if (state !== 'sending') return { rate, cause: null, eta: null }
  if (sums?.waitsUntil) return { rate, cause: because('waiting-for-retry'), eta: new Date(sums.waitsUntil).toISOString() }
  const left = (outcomes.pending ?? 0) + (outcomes.sending ?? 0)
  return { rate, cause: null, eta: rate && left > 0 ? new Date(now.getTime() + (left / rate) * 1000).toISOString() : null }
}
