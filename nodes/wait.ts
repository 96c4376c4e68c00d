import Type from 'typebox'
import { field } from '#schemas/form.ts'
import { defineNode, type NodeProblem } from '#runtime/sdk/index.ts'
import { Until } from './wait/config.ts'
import { isTimeOfDay, momentOf, saysWhen } from './wait/moment.ts'
import { waitInWords } from './wait/words.ts'

/** People go on when the time has come: after a while, at a time of day, or when a column says. */
export default defineNode({
  type: 'wait',
  version: 1,
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  title: { en: 'Wait', ko: '기다리기' },
  help: {
    en: 'Keeps people until the time has come, also over restarts. What follows is done then: queries give the values of that time, and the time limit of a message counts from there.',
    ko: '때가 될 때까지 사람을 붙들어 둬요. 다시 시작해도 잃지 않아요. 다음 단계는 그때 해요. 값 조회는 그때의 값을 가져오고, 보내기를 포기하는 시간도 그때부터 세요.',
  },
  icon: 'hourglass',
  keywords: ['wait', 'delay', 'later', 'pause', 'remind', '기다리기', '대기', '지연', '나중에', '예약', '며칠 뒤'],
  ports: {
    in: { rows: { kind: 'rows', keep: true } },
    out: {
      after: { kind: 'rows', keep: true, title: { en: 'after the wait', ko: '기다린 뒤' } },
      past: { kind: 'rows', keep: true, title: { en: 'past', ko: '지남' }, onlyIf: { path: 'until/past', is: 'leave' } },
    },
  },
  config: Type.Object(
    { until: Type.Unsafe<Until>({ ...Until, ...field({ title: { en: 'Until when', ko: '언제까지' } }) }) },
    { additionalProperties: false },
  ),
  defaults: { until: { kind: 'duration', minutes: 4320 } },
  summary: ({ until }) => waitInWords(until),
  columns({ until }, inputs) {
    const columns = inputs.rows ?? []
    return { out: { after: columns, past: columns }, problems: problemsOf(until, columns) }
  },
  wait: ({ until }, { timezone }) => momentOf(until, { zone: timezone }),
  examples: [
    {
      title: { en: 'A reminder three days later', ko: '사흘 뒤에 다시 알리기' },
      config: { until: { kind: 'duration', minutes: 4320 } },
      in: [{ name: '김서연' }],
      out: { after: [{ name: '김서연', '?waited_until': '2026-11-26T00:00:00.000Z' }] },
    },
    {
      title: { en: 'The evening before an appointment', ko: '예약 전날 저녁' },
      config: {
        until: {
          kind: 'column',
          column: 'appointment',
          side: 'before',
          shift: 1440,
          time: '18:00',
          past: 'leave',
        },
      },
      columns: [{ name: 'appointment', type: 'datetime' }],
      in: [{ appointment: '2026-11-25 14:30:00' }, { appointment: '2026-11-23 14:30:00' }, { appointment: null }],
      out: {
        after: [{ appointment: '2026-11-25 14:30:00', '?waited_until': '2026-11-24T09:00:00.000Z' }],
        past: [{ appointment: '2026-11-23 14:30:00' }],
        failed: [{ row: { appointment: null }, code: 'wait-time-missing' }],
      },
    },
    { title: { en: 'Until nine o’clock', ko: '다음 오전 9시까지' }, config: { until: { kind: 'time', time: '09:00' } } },
  ],
})

function problemsOf(
  until: Until,
  columns: readonly { name: string; type: Parameters<typeof saysWhen>[0]['type'] }[],
): NodeProblem[] {
  const problems: NodeProblem[] = []
  const missing = (field: string, name: { en: string; ko: string }): NodeProblem => ({
    code: 'config-missing',
    fields: { field: name },
    field,
  })
  if (until.kind === 'time' && !isTimeOfDay(until.time)) problems.push(missing('until/time', { en: 'Until', ko: '몇 시까지' }))
  if (until.kind !== 'column') return problems
  const column = columns.find(({ name }) => name === until.column)
  if (until.column === '') problems.push(missing('until/column', { en: 'Column that says when', ko: '언제인지 적힌 열' }))
  else if (!column) problems.push({ code: 'unknown-column', fields: { column: until.column }, field: 'until/column' })
  else if (!saysWhen(column)) problems.push({ code: 'column-no-date', fields: { column: until.column }, field: 'until/column' })
  if (until.time && !isTimeOfDay(until.time))
    problems.push(missing('until/time', { en: 'At what time on that day', ko: '그날 몇 시에' }))
  return problems
}
