import type { Localized } from '#schemas/localized.ts'
import type { Until } from './config.ts'

const UNITS = [
  { minutes: 1440, en: 'day', ko: '일' },
  { minutes: 60, en: 'hour', ko: '시간' },
  { minutes: 1, en: 'minute', ko: '분' },
] as const

/** A length of time as people say it, in the largest unit in which it is whole: 3일, 90분. */
export function spanInWords(minutes: number): Localized {
  const unit = UNITS.find((one) => minutes % one.minutes === 0) ?? UNITS[2]
  const count = minutes / unit.minutes
  return { en: `${count} ${unit.en}${count === 1 ? '' : 's'}`, ko: `${count}${unit.ko}` }
}

/** The wait in one line: "3일 기다려요". */
export function waitInWords(until: Until): Localized | null {
  if (until.kind === 'duration') {
    const span = spanInWords(until.minutes)
    return { en: `Waits ${span.en}`, ko: `${span.ko} 기다려요` }
  }
  if (until.kind === 'time') return { en: `Until ${until.time} comes next`, ko: `다음 ${until.time}까지 기다려요` }
  if (until.column === '') return null
  const at = until.time ? { en: ` at ${until.time}`, ko: ` ${until.time}` } : { en: '', ko: '' }
  if (until.shift === 0) return { en: `Until ${until.column}${at.en}`, ko: `${until.column}${at.ko}까지 기다려요` }
  const span = spanInWords(until.shift)
  const side = until.side === 'before' ? '전' : '뒤'
  return {
    en: `Until ${span.en} ${until.side} ${until.column}${at.en}`,
    ko: `${until.column} ${span.ko} ${side}${at.ko}까지 기다려요`,
  }
}
