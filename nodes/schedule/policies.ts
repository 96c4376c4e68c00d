import Type, { type Static } from 'typebox'
import { field } from '#schemas/form.ts'
import { OVERLAP_POLICIES } from '#schemas/schedule-policies.ts'

/** Beyond three days nobody means last Monday's message any more. */
const MOST_HOURS = 72

/** What becomes of a time that nobody started because nothing was running. */
export const Missed = Type.Union(
  [
    Type.Object(
      { policy: Type.Literal('ask') },
      { additionalProperties: false, ...field({ title: { en: 'Ask me', ko: '보낼지 물어보기' } }) },
    ),
    Type.Object(
      {
        policy: Type.Literal('within'),
        hours: Type.Integer({
          minimum: 1,
          maximum: MOST_HOURS,
          ...field({
            title: { en: 'At most so many hours late', ko: '몇 시간까지 늦게 보낼까요' },
            help: { en: 'Later than that, you are asked', ko: '그보다 늦으면 보낼지 물어봐요' },
          }),
        }),
      },
      { additionalProperties: false, ...field({ title: { en: 'Send late', ko: '늦게라도 보내기' } }) },
    ),
    Type.Object(
      { policy: Type.Literal('skip') },
      { additionalProperties: false, ...field({ title: { en: 'Leave it out', ko: '건너뛰기' } }) },
    ),
  ],
  field({
    title: { en: 'If its time is missed', ko: '제때 시작하지 못하면' },
    help: {
      en: 'For example because the server was off. Up to 10 minutes late always starts by itself',
      ko: '서버가 꺼져 있던 때처럼요. 10분까지는 늦어도 그냥 시작해요',
    },
  }),
)
export type Missed = Static<typeof Missed>

/** What a time does while the run before still sends. */
export const Overlap = Type.Enum(OVERLAP_POLICIES, {
  default: 'wait',
  ...field({
    title: { en: 'If the run before still sends', ko: '앞 실행이 아직 보내는 중이면' },
    help: {
      en: 'A paused run counts too. It waits for a day at most, then you are asked',
      ko: '멈춰 둔 실행도 보내는 중으로 봐요. 기다리는 건 하루까지고, 그 뒤에는 물어봐요',
    },
    options: {
      wait: { en: 'Wait until it ends', ko: '끝날 때까지 기다리기' },
      skip: { en: 'Leave this one out', ko: '이번은 건너뛰기' },
      start: { en: 'Start all the same', ko: '그래도 시작하기' },
    },
  }),
})
