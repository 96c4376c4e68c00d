import { RESENDABLE_STATES, type ResendInput } from '#schemas/api/runs.ts'
import type { MessageItem } from '#schemas/message.ts'
import type { Run } from '#schemas/run.ts'

export type ResendState = (typeof RESENDABLE_STATES)[number]

/** Left out on purpose: sending to them would break what somebody asked for, or reach somebody twice. */
const ON_PURPOSE: ReadonlySet<string> = new Set(['opted-out', 'duplicate', 'person-erased'])

/** States that somebody is in, with their counts. Left-out people count only where a mended error can bring them back. */
export function resendable(run: Pick<Run, 'outcomes' | 'excluded'>): { state: ResendState; count: number }[] {
  const onPurpose = Object.entries(run.excluded).reduce((sum, [code, count]) => sum + (ON_PURPOSE.has(code) ? count : 0), 0)
  return RESENDABLE_STATES.map((state) => {
    const all = run.outcomes[state] ?? 0
    return { state, count: state === 'skipped' ? Math.max(0, all - onPurpose) : all }
  }).filter(({ count }) => count > 0)
}

export interface ReasonCount {
  /** The code of the reason; empty where there is none. */
  readonly code: string
  readonly message: string
  readonly count: number
}

/** Reasons of the people that were read, the most frequent first. */
export function reasonsOf(messages: readonly Pick<MessageItem, 'reason'>[]): ReasonCount[] {
  const found = new Map<string, { message: string; count: number }>()
  for (const { reason } of messages) {
    const code = reason?.code ?? ''
    if (ON_PURPOSE.has(code)) continue
    const known = found.get(code) ?? { message: reason?.message ?? '', count: 0 }
    found.set(code, { ...known, count: known.count + 1 })
  }
  return [...found].map(([code, one]) => ({ code, ...one })).toSorted((a, b) => b.count - a.count)
}

/**
 * What to ask for. All reasons chosen means no list of codes, so that reasons of people who were not read are among them —
 * except that left-out people are never asked for without their reasons: some were left out on purpose.
 */
export function resendInput(
  states: readonly ResendState[],
  { reasons, left }: { reasons: readonly ReasonCount[]; left: ReadonlySet<string> },
): ResendInput {
  const codes = reasons.map(({ code }) => code).filter((code) => code !== '' && !left.has(code))
  const narrowed = left.size > 0 || states.includes('skipped')
  return { states: [...states], ...(narrowed && codes.length > 0 ? { codes } : {}) }
}
