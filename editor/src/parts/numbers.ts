import type { Language } from '#schemas/localized.ts'
import type { Money } from '#schemas/message.ts'

const plain = new Map<Language, Intl.NumberFormat>()

/** A number grouped by thousands: 4,946. */
export function formatNumber(value: number, language: Language): string {
  let format = plain.get(language)
  if (format === undefined) plain.set(language, (format = new Intl.NumberFormat(language)))
  return format.format(value)
}

/**
 * Money with its sign: ₩72,276. The amount is a digit text and is formatted as such: nothing is lost beyond 2^53. Won has no decimals; other
 * currencies have their usual ones, and more where the amount has more (a message may cost $0.0079).
 */
export function formatMoney({ amount, currency }: Money, language: Language): string {
  const decimals = amount.includes('.') ? amount.length - amount.indexOf('.') - 1 : 0
  try {
    const format = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    const usual = format.resolvedOptions().maximumFractionDigits ?? 0
    const exact =
      decimals <= usual
        ? format
        : new Intl.NumberFormat(language, {
            style: 'currency',
            currency,
            currencyDisplay: 'narrowSymbol',
            maximumFractionDigits: Math.min(decimals, 6),
          })
    // Intl formats digit texts exactly (ES2023); its TypeScript type asks for a template literal of a number.
    return exact.format(amount as `${number}`)
  } catch {
    // A currency that Intl does not know (points, for one).
    return `${amount} ${currency}`
  }
}

/** A share as people read it: 99.5%. Never 100% while something is missing, never 0% while something is there. */
export function formatShare(part: number, whole: number, language: Language): string {
  if (whole <= 0) return '–'
  const share = part / whole
  const shown = part < whole ? Math.min(share, 0.999) : share
  const kept = part > 0 ? Math.max(shown, 0.001) : shown
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(kept)
}

/** Time that something took or will take, short: 41ms · 3.2초 · 2분 5초 · 1시간 10분 · 6일 5시간. */
export function formatDuration(ms: number, language: Language): string {
  const units = language === 'ko' ? { d: '일', h: '시간', m: '분', s: '초' } : { d: ' d', h: ' h', m: ' min', s: ' s' }
  if (Math.round(ms) < 1_000) return `${Math.round(ms)}ms`
  const seconds = Math.round(ms / 1_000)
  if (ms < 9_950) return `${(ms / 1_000).toFixed(1).replace(/\.0$/, '')}${units.s}`
  if (seconds < 60) return `${seconds}${units.s}`
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60), seconds % 60]
  if (h >= 48) return h % 24 === 0 ? `${h / 24}${units.d}` : `${Math.floor(h / 24)}${units.d} ${h % 24}${units.h}`
  if (h > 0) return m === 0 ? `${h}${units.h}` : `${h}${units.h} ${m}${units.m}`
  return s === 0 ? `${m}${units.m}` : `${m}${units.m} ${s}${units.s}`
}
