import type { ProviderType } from '#runtime/sdk/index.ts'
import { costOf, ratesOf } from '#server/limits/rates.ts'

/** Messages over one connection. */
export interface Flood {
  readonly connection: string
  readonly type: ProviderType | null
  readonly settings: Readonly<Record<string, unknown>>
  readonly count: number
}

export interface SendingTime {
  readonly seconds: number
  readonly perSecond: number
  readonly connection: string
}

/** How long the slowest of them takes by its limits, if nothing else stands in its way; null: none of them has a limit. */
export function sendingTime(floods: readonly Flood[]): SendingTime | null {
  const times = floods.flatMap(({ connection, type, settings, count }) => {
    const lineMs = type === null ? 0 : lineOf(type, settings, count)
    if (lineMs === 0) return []
    return [{ connection, seconds: (lineMs * count) / 1000, perSecond: Math.round(10_000 / lineMs) / 10 }]
  })
  return times.toSorted((a, b) => b.seconds - a.seconds)[0] ?? null
}

/** ms of the shared line that one message takes; 0: no limit. */
function lineOf(type: ProviderType, settings: Flood['settings'], count: number): number {
  const rates = ratesOf(type.limits, settings, { forms: true })
  const messages = Math.max(1, Math.min(rates.slice, count))
  return costOf(rates, { messages, kind: 'bulk' }).lineMs / messages
}

const NIGHT = { from: 21, to: 8 } as const
const korea = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Seoul', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** Does a time that begins now and lasts so long touch the hours in which advertisements need a consent of their own (21 to 8 in Korea)? */
export function touchesNight(now: Date, seconds: number): boolean {
  const parts = korea.formatToParts(now)
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0)
  const hour = part('hour') + part('minute') / 60
  return hour >= NIGHT.from || hour < NIGHT.to || hour + seconds / 3600 >= NIGHT.from
}
