import { validate } from 'node-cron'
import Type from 'typebox'
import { field } from '#schemas/form.ts'
import { isTimeZone } from '#schemas/time-zone.ts'
import { defineNode, type NodeProblem } from '#runtime/sdk/index.ts'
import { describeCron } from './schedule/describe-cron.ts'
import { Missed, Overlap } from './schedule/policies.ts'

const FIVE_FIELDS = /^\S+(\s+\S+){4}$/

/** Why an expression is no schedule of ours, or null. Seconds are refused: nobody means to send 5,000 messages every second. */
function fault(cron: string): string | null {
  const text = cron.trim()
  if (!FIVE_FIELDS.test(text)) return 'minute hour day month weekday'
  return validate(text) ? null : text
}

/** Days 29–31 that some months do not have. */
function skippedDay(cron: string): number | null {
  const day = cron.trim().split(/\s+/)[2] ?? '*'
  const days = day.split(',').map(Number)
  return days.every((number) => number >= 29 && number <= 31) ? Math.min(...days) : null
}

/** Starts by the clock: wall time in a named zone. */
export default defineNode({
  type: 'schedule-trigger',
  version: 1,
  role: 'trigger',
  effect: 'pure',
  scope: 'audience',
  title: { en: 'On schedule', ko: '정해진 시각' },
  help: {
    en: 'Starts by itself at the times you set, once the workflow is published and switched on.',
    ko: '게시하고 켜 두면 정한 시각에 알아서 시작해요.',
  },
  icon: 'calendar-clock',
  keywords: ['schedule', 'cron', 'weekly', 'daily', '일정', '예약', '매주', '매일', '정기'],
  ports: { in: {}, out: { start: 'start' } },
  config: Type.Object(
    {
      cron: Type.String({
        minLength: 1,
        maxLength: 100,
        ...field(
          {
            title: { en: 'When', ko: '언제' },
            help: { en: 'Minute, hour, day, month, weekday', ko: '분, 시, 일, 월, 요일 순서예요' },
          },
          { widget: 'cron' },
        ),
      }),
      missed: Type.Optional(Missed),
      overlap: Type.Optional(Overlap),
      timezone: Type.Optional(
        Type.String({
          maxLength: 64,
          ...field(
            {
              title: { en: 'Time zone', ko: '시간대' },
              help: { en: "The workflow's, if empty", ko: '비워 두면 워크플로의 시간대를 써요' },
            },
            { widget: 'timezone', advanced: true },
          ),
        }),
      ),
    },
    { additionalProperties: false },
  ),
  defaults: { cron: '0 9 * * 1' },
  summary: (config) => describeCron(config.cron),
  columns(config) {
    const problems: NodeProblem[] = []
    const wrong = fault(config.cron)
    if (wrong !== null) problems.push({ code: 'invalid-schedule', fields: { cron: config.cron, detail: wrong }, field: 'cron' })
    const day = wrong === null ? skippedDay(config.cron) : null
    if (day !== null) problems.push({ code: 'day-skipped', fields: { day }, field: 'cron' })
    if (config.timezone && !isTimeZone(config.timezone)) {
      problems.push({ code: 'invalid-timezone', fields: { timezone: config.timezone }, field: 'timezone' })
    }
    return { out: { start: [] }, problems }
  },
  schedule: ({ cron, timezone, missed, overlap }) => ({
    cron: cron.trim(),
    timezone: timezone ?? null,
    // Nobody is written to late, and nobody twice at a time, unless a person said so.
    missed: missed ?? { policy: 'ask' },
    overlap: overlap ?? 'wait',
  }),
  examples: [
    { title: { en: 'Mondays at nine', ko: '매주 월요일 9시' }, config: { cron: '0 9 * * 1' } },
    {
      title: { en: 'The last day of the month, three hours late at most', ko: '매월 마지막 날, 세 시간까지는 늦게라도' },
      config: { cron: '0 9 L * *', missed: { policy: 'within', hours: 3 }, overlap: 'skip' },
    },
  ],
})
