import { isTimeZone } from '#schemas/time-zone.ts'
import type { Notes } from './notes.ts'
import { pick, textOf, type Fields } from './read-fields.ts'
import type { ThreeStep } from './three-step.ts'

export interface StartStep {
  readonly type: 'manual-trigger' | 'schedule-trigger'
  readonly config: Record<string, unknown>
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const KOREAN_DAYS = [...'일월화수목금토']

/** The step that starts the workflow. What the schedule does not say enough about stays empty, and is a problem of the draft. */
export function startStep({ type, fields }: ThreeStep['trigger'], notes: Notes): StartStep {
  if (type === 'event' || type === 'webhook') {
    notes.warning({
      en: `It used to start by ${type}. Here it starts by hand: a workflow that reads lists of people cannot start with each event.`,
      ko: `${type === 'event' ? '이벤트' : '웹훅'}로 시작하던 워크플로예요. 대상 목록을 조회하는 워크플로는 이벤트마다 시작할 수 없어서 ‘직접 시작’으로 바꿨어요.`,
    })
  }
  if (type !== 'schedule') return { type: 'manual-trigger', config: {} }
  if (isOnce(fields)) {
    notes.warning({
      en: 'It was to be sent once, at a set time. Here it starts by hand.',
      ko: '정해진 시각에 한 번만 보내는 예약이었어요. ‘직접 시작’으로 바꿨으니 보낼 때 실행해 주세요.',
    })
    return { type: 'manual-trigger', config: {} }
  }
  const cron = cronOf(fields)
  if (cron === null)
    notes.warning(
      {
        en: 'The schedule does not say when it starts. Set it.',
        ko: '언제 시작하는지 일정에 적혀 있지 않아요. 시각을 정해 주세요.',
      },
      'start',
    )
  const zone = textOf(fields, 'timezone', 'timeZone')
  return { type: 'schedule-trigger', config: { cron: cron ?? '', ...(zone !== null && isTimeZone(zone) && { timezone: zone }) } }
}

const kindOf = (fields: Fields): string =>
  (textOf(fields, 'frequency', 'recurrence', 'repeat', 'type', 'jobType') ?? '').toLowerCase()

function isOnce(fields: Fields): boolean {
  return ['once', 'immediate', 'delay', 'scheduled'].includes(kindOf(fields)) && cronOf(fields) === null
}

function cronOf(fields: Fields): string | null {
  const given = textOf(fields, 'cron', 'cronExpression')?.trim().split(/\s+/)
  // Six fields begin with the second, which is always the first one of the minute.
  if (given?.length === 6 && given[0] === '0') return given.slice(1).join(' ')
  if (given?.length === 5) return given.join(' ')
  const kind = kindOf(fields)
  const time = /^(\d{1,2}):(\d{2})/.exec(textOf(fields, 'time', 'sendTime', 'executionTime') ?? '')
  if (kind === 'hourly') return `${time ? Number(time[2]) : 0} * * * *`
  const [hour, minute] = [Number(time?.[1] ?? Number.NaN), Number(time?.[2] ?? Number.NaN)]
  if (!(hour < 24 && minute < 60)) return null
  if (kind === 'daily') return `${minute} ${hour} * * *`
  if (kind === 'weekly') {
    const days = daysOf(pick(fields, 'daysOfWeek', 'dayOfWeek', 'days', 'weekdays'))
    return days.length === 0 ? null : `${minute} ${hour} * * ${days.join(',')}`
  }
  const day = Number(textOf(fields, 'dayOfMonth', 'day') ?? Number.NaN)
  return kind === 'monthly' && Number.isInteger(day) && day >= 1 && day <= 31 ? `${minute} ${hour} ${day} * *` : null
}

function daysOf(value: unknown): number[] {
  const days = (Array.isArray(value) ? value : [value]).map(dayOf)
  return days.includes(-1) ? [] : [...new Set(days)].toSorted((a, b) => a - b)
}

/** 0 is Sunday, 7 as well; a name by its first letters. */
function dayOf(value: unknown): number {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : ''
  if (/^[0-7]$/.test(text)) return Number(text) % 7
  return Math.max(DAYS.indexOf(text.slice(0, 3)), KOREAN_DAYS.indexOf(text.charAt(0)))
}
