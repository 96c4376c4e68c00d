import Type from 'typebox'
import { Button } from '#schemas/message.ts'
import { field } from '#schemas/form.ts'

/** Config fields that several message nodes share. */

export const bodyField = (title: { en: string; ko: string }) =>
  Type.String({
    maxLength: 10_000,
    ...field(
      { title, help: { en: 'Type # to put in a variable', ko: '#을 누르면 변수를 넣을 수 있어요' } },
      { widget: 'template' },
    ),
  })

export const titleField = () =>
  Type.String({
    maxLength: 100,
    ...field({
      title: { en: 'Title', ko: '제목' },
      help: { en: 'Long text messages (LMS) only', ko: '긴 문자(LMS)에만 붙어요' },
    }),
  })

export const buttonsField = () =>
  Type.Array(Button, { maxItems: 5, ...field({ title: { en: 'Buttons', ko: '버튼' } }, { widget: 'buttons', advanced: true }) })

export const kakaoField = () =>
  Type.Object(
    {
      templateCode: Type.String({
        minLength: 1,
        maxLength: 100,
        ...field({
          title: { en: 'Template code', ko: '템플릿 코드' },
          help: { en: 'Of the approved Alimtalk template', ko: '승인된 알림톡 템플릿의 코드' },
        }),
      }),
      channelId: Type.String({
        minLength: 1,
        maxLength: 100,
        ...field({
          title: { en: 'Channel', ko: '카카오 채널' },
          help: {
            en: 'The id your provider gave the channel (SOLAPI: pfId)',
            ko: '발송 서비스가 채널에 준 아이디(SOLAPI는 pfId)',
          },
        }),
      }),
    },
    { additionalProperties: false, ...field({ title: { en: 'Alimtalk', ko: '알림톡' } }) },
  )

export const addressField = () =>
  Type.String({
    minLength: 1,
    maxLength: 200,
    ...field({ title: { en: 'Phone number column', ko: '휴대폰 번호 열' } }, { widget: 'column', prefer: 'phone' }),
  })

export const connectionField = (channel: string) =>
  Type.String({
    minLength: 1,
    maxLength: 100,
    ...field(
      { title: { en: 'Send with', ko: '보내는 서비스' } },
      { widget: 'connection', connection: { role: 'provider', channel } },
    ),
  })

export const expiresField = () =>
  Type.Integer({
    minimum: 1,
    maximum: 10_080,
    default: 1440,
    ...field(
      {
        title: { en: 'Give up after (minutes)', ko: '보내기를 포기할 때(분)' },
        help: {
          en: 'Counted from the start of the run; behind a wait, from its end',
          ko: '실행을 시작한 때부터 세요. 기다리기 뒤에서는 기다림이 끝난 때부터예요',
        },
      },
      { widget: 'duration', advanced: true },
    ),
  })
