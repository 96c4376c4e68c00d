import Type, { type Static } from 'typebox'
import { field } from '#schemas/form.ts'

const closed = { additionalProperties: false } as const
/** Longest wait, minutes: a year. */
export const MOST_MINUTES = 366 * 1440

const time = (text: Parameters<typeof field>[0], start?: string) =>
  Type.String({ maxLength: 5, ...field(text, { widget: 'time', ...(start !== undefined && { start }) }) })

const Duration = Type.Object(
  {
    kind: Type.Literal('duration'),
    minutes: Type.Integer({
      minimum: 1,
      maximum: MOST_MINUTES,
      ...field({ title: { en: 'How long', ko: '얼마 동안' } }, { widget: 'duration', start: 4320 }),
    }),
  },
  { ...closed, ...field({ title: { en: 'For a while', ko: '정한 시간 동안' } }) },
)

const TimeOfDay = Type.Object(
  {
    kind: Type.Literal('time'),
    time: time(
      {
        title: { en: 'Until', ko: '몇 시까지' },
        help: {
          en: 'When it is that time next, in the zone of the workflow',
          ko: '워크플로의 시간대로 다음에 이 시각이 될 때까지예요',
        },
      },
      '09:00',
    ),
  },
  { ...closed, ...field({ title: { en: 'Until a time of day', ko: '다음 정한 시각까지' } }) },
)

const InColumn = Type.Object(
  {
    kind: Type.Literal('column'),
    column: Type.String({
      maxLength: 200,
      ...field(
        {
          title: { en: 'Column that says when', ko: '언제인지 적힌 열' },
          help: { en: 'A date or a time, such as that of an appointment', ko: '예약 시각처럼 날짜나 시각이 든 열이에요' },
        },
        { widget: 'column', prefer: 'time' },
      ),
    }),
    side: Type.Enum(['before', 'after'], {
      ...field({
        title: { en: 'Before or after it', ko: '그 전인가요, 뒤인가요' },
        options: { before: { en: 'Before it', ko: '그보다 전' }, after: { en: 'After it', ko: '그보다 뒤' } },
      }),
    }),
    shift: Type.Integer({
      minimum: 0,
      maximum: MOST_MINUTES,
      ...field(
        {
          title: { en: 'By how much', ko: '얼마나' },
          help: { en: '0: at that very time', ko: '0이면 바로 그때예요' },
        },
        { widget: 'duration' },
      ),
    }),
    time: Type.Optional(
      time({
        title: { en: 'At what time on that day', ko: '그날 몇 시에' },
        help: {
          en: 'Empty: the time in the column; 09:00 where it holds a day only',
          ko: '비워 두면 열에 적힌 시각이에요. 날짜만 있으면 오전 9시예요',
        },
      }),
    ),
    past: Type.Enum(['go', 'leave'], {
      ...field({
        title: { en: 'If that is past already', ko: '이미 지났다면' },
        options: {
          go: { en: 'Go on at once', ko: '기다리지 않고 바로 다음으로' },
          leave: { en: 'Leave at “past”', ko: '‘지남’으로 나가기' },
        },
      }),
    }),
    longest: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MOST_MINUTES,
        ...field(
          {
            title: { en: 'Wait no longer than', ko: '가장 오래 기다리는 시간' },
            help: {
              en: 'Who would wait longer does not go on, and is listed with the reason. Empty: 90 days',
              ko: '이보다 오래 기다려야 하는 사람은 보내지 않고 까닭을 남겨요. 비워 두면 90일이에요',
            },
          },
          { widget: 'duration', advanced: true },
        ),
      }),
    ),
  },
  { ...closed, ...field({ title: { en: 'Until a date in a column', ko: '열에 적힌 때까지' } }) },
)

export const Until = Type.Union([Duration, TimeOfDay, InColumn])
export type Until = Static<typeof Until>
export type InColumn = Static<typeof InColumn>
