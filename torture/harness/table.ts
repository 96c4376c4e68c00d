import type { Round } from './round.ts'

/** One line a scenario: what was done, what was found. */
export interface Line {
  readonly scenario: string
  readonly rounds: number
  /** Rounds in which something was struck. */
  readonly struck: number
  /** Of them with a call of the struck one under way. */
  readonly inFlight: number
  readonly recipients: number
  readonly sent: number
  readonly unconfirmed: number
  readonly unconfirmedAccepted: number
  readonly failed: number
  readonly duplicates: number
  readonly lost: number
  readonly medianSeconds: number
  readonly maxSeconds: number
  readonly ends: Readonly<Record<string, number>>
  readonly violations: readonly string[]
}

export function lines(rounds: readonly Round[]): Line[] {
  const names = [...new Set(rounds.map(({ scenario }) => scenario))]
  return names.map((scenario) => {
    const of = rounds.filter((round) => round.scenario === scenario)
    const sum = (pick: (round: Round) => number): number => of.reduce((total, round) => total + pick(round), 0)
    const seconds = of.map((round) => round.seconds).toSorted((a, b) => a - b)
    const ends: Record<string, number> = {}
    for (const { state, reason } of of) {
      const end = reason === null ? state : `${state}: ${reason}`
      ends[end] = (ends[end] ?? 0) + 1
    }
    return {
      scenario,
      rounds: of.length,
      struck: of.filter(({ struck }) => struck).length,
      inFlight: of.filter(({ struck, inFlight }) => struck && inFlight > 0).length,
      recipients: sum((round) => round.recipients),
      sent: sum((round) => round.sent),
      unconfirmed: sum((round) => round.unconfirmed),
      unconfirmedAccepted: sum((round) => round.unconfirmedAccepted),
      failed: sum((round) => round.failed),
      duplicates: sum((round) => round.duplicates),
      lost: sum((round) => round.lost),
      medianSeconds: seconds[Math.floor(seconds.length / 2)] ?? 0,
      maxSeconds: seconds.at(-1) ?? 0,
      ends,
      violations: of.flatMap(({ violations }) => violations),
    }
  })
}

const HEAD = [
  'scenario',
  'rounds',
  'struck',
  'in flight',
  'recipients',
  'sent',
  'unconfirmed (accepted)',
  'failed',
  'duplicates',
  'lost',
  'to the end, median / max s',
  'ends',
]

/** A table in Markdown. */
export function markdown(all: readonly Line[]): string {
  const rows = all.map((line) => [
    line.scenario,
    line.rounds,
    line.struck,
    line.inFlight,
    line.recipients,
    line.sent,
    `${line.unconfirmed} (${line.unconfirmedAccepted})`,
    line.failed,
    line.duplicates,
    line.lost,
    `${line.medianSeconds} / ${line.maxSeconds}`,
    Object.entries(line.ends)
      .map(([end, count]) => `${end} × ${count}`)
      .join(', '),
  ])
  return [HEAD, HEAD.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}
