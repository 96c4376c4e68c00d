import type { Localized } from '#schemas/localized.ts'

const KO_DAYS = ['일', '월', '화', '수', '목', '금', '토']
const EN_DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

interface Fields {
  minute: string
  hour: string
  day: string
  month: string
  weekday: string
}

const isNumber = (text: string): boolean => /^\d{1,2}$/.test(text)

/** The common schedules in words; null for what needs the expression itself. */
function inWords({ minute, hour, day, month, weekday }: Fields): Localized | null {
  if (month !== '*' || !isNumber(minute)) return null
  if (hour === '*' && day === '*' && weekday === '*')
    return { en: `Every hour at :${minute.padStart(2, '0')}`, ko: `매시 ${Number(minute)}분` }
  if (!isNumber(hour)) return null
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
  if (day === '*' && weekday === '*') return { en: `Every day at ${time}`, ko: `매일 ${time}` }
  if (day === '*' && weekday === '1-5') return { en: `Weekdays at ${time}`, ko: `평일마다 ${time}` }
  if (day === '*' && /^[0-7](,[0-7])*$/.test(weekday)) {
    const days = weekday.split(',').map((number) => Number(number) % 7)
    const en = days.map((number) => EN_DAYS[number]).join(', ')
    const ko = days.length === 1 ? `${KO_DAYS[days[0] ?? 0]}요일` : `${days.map((number) => KO_DAYS[number]).join('·')}요일`
    return { en: `${en} at ${time}`, ko: `매주 ${ko} ${time}` }
  }
  if (/^l$/i.test(day) && weekday === '*') return { en: `Last day of each month at ${time}`, ko: `매월 마지막 날 ${time}` }
  if (isNumber(day) && weekday === '*')
    return { en: `Day ${Number(day)} of each month at ${time}`, ko: `매월 ${Number(day)}일 ${time}` }
  return null
}

/** A cron expression as people say it: "매주 월요일 09:00". Falls back to the expression. */
export function describeCron(cron: string): Localized {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = cron.trim().split(/\s+/)
  return inWords({ minute, hour, day, month, weekday }) ?? { en: cron, ko: cron }
}
