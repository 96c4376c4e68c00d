import Type, { type Static } from 'typebox'
import { field } from '#schemas/form.ts'

const whenEmpty = (title: { en: string; ko: string }) =>
  Type.Optional(
    Type.Enum(['fail', 'default', 'empty'], {
      default: 'fail',
      ...field({
        title,
        options: {
          fail: { en: 'do not send, and say why', ko: '보내지 않고 이유 남기기' },
          default: { en: 'use the text below', ko: '아래 글로 채우기' },
          empty: { en: 'leave it out', ko: '비워 두기' },
        },
      }),
    }),
  )

const Format = Type.Object(
  {
    kind: Type.Enum(['text', 'number', 'currency', 'date', 'phone'], {
      ...field({
        title: { en: 'Form', ko: '형식' },
        options: {
          text: { en: 'as it is', ko: '그대로' },
          number: { en: 'number', ko: '숫자 (1,234)' },
          currency: { en: 'money', ko: '금액 (1,234원)' },
          date: { en: 'date', ko: '날짜' },
          phone: { en: 'phone number', ko: '전화번호' },
        },
      }),
    }),
    locale: Type.Optional(
      Type.Enum(['ko', 'en'], {
        ...field(
          {
            title: { en: 'Language', ko: '언어' },
            options: { ko: { en: 'Korean', ko: '한국어' }, en: { en: 'English', ko: '영어' } },
          },
          { advanced: true },
        ),
      }),
    ),
    decimals: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 20,
        ...field({ title: { en: 'Digits after the point', ko: '소수점 아래 자리' } }, { advanced: true }),
      }),
    ),
    currency: Type.Optional(
      Type.String({ pattern: '^[A-Z]{3}$', ...field({ title: { en: 'Currency', ko: '통화' } }, { advanced: true }) }),
    ),
    pattern: Type.Optional(
      Type.String({
        maxLength: 100,
        ...field(
          {
            title: { en: 'Date pattern', ko: '날짜 모양' },
            help: {
              en: 'yyyy MM M dd d E EEEE HH mm a, words in quotes',
              ko: 'yyyy MM M dd d E EEEE HH mm a, 글자는 작은따옴표 안에',
            },
            placeholder: { en: 'MMM d', ko: 'M월 d일' },
          },
          { advanced: true },
        ),
      }),
    ),
    wrap: Type.Optional(
      Type.String({
        maxLength: 100,
        ...field({
          title: { en: 'Words around it', ko: '앞뒤에 붙일 글' },
          help: { en: '{value} stands for the value', ko: '{value} 자리에 값이 들어가요' },
          placeholder: { en: '{value} reviews', ko: '{value}건' },
        }),
      }),
    ),
  },
  { additionalProperties: false },
)

/** How one variable is filled. */
export const Entry = Type.Object(
  {
    column: Type.String({ maxLength: 200, ...field({ title: { en: 'Column', ko: '열' } }, { widget: 'column' }) }),
    format: Type.Optional(
      Type.Object(Format.properties, {
        additionalProperties: false,
        ...field({ title: { en: 'How it looks', ko: '보이는 모양' } }),
      }),
    ),
    whenNull: whenEmpty({ en: 'No value (NULL)', ko: '빈 값(NULL)이면' }),
    whenEmpty: whenEmpty({ en: 'Empty text', ko: '빈 글이면' }),
    whenNoRow: whenEmpty({ en: 'The query found no row', ko: '조회된 행이 없으면' }),
    default: Type.Optional(
      Type.String({ maxLength: 1000, ...field({ title: { en: 'Text in its place', ko: '대신 넣을 글' } }) }),
    ),
  },
  { additionalProperties: false },
)
export type Entry = Static<typeof Entry>
