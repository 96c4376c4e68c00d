import Type from 'typebox'
import { field } from '#schemas/form.ts'

/** Who comes into a workflow that is used inside another one. */
export const takes = () =>
  Type.Enum(['rows', 'messages'], {
    ...field({
      title: { en: 'Who comes in', ko: '무엇이 들어오나요' },
      help: {
        en: 'With a text: what the workflow around it has written is sent on here',
        ko: '글까지 받으면, 바깥 워크플로에서 쓴 글을 여기서 보낼 수 있어요',
      },
      options: { rows: { en: 'People', ko: '사람만' }, messages: { en: 'People with their text', ko: '사람과 보낼 글' } },
    }),
  })
