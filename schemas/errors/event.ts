import type { ErrorRow } from '../error-row.ts'

/** What can happen to events, and to messages that are sent by the API. */
export const eventErrors = {
  'unknown-event': {
    status: 404,
    en: 'No workflow that is switched on starts with the event "{event}". Check the name, publish the workflow and switch it on.',
    ko: '‘{event}’ 이벤트로 시작하는 켜진 워크플로가 없어요. 이름을 확인하고 워크플로를 게시해서 켜 주세요.',
  },
  'not-by-event': {
    status: 409,
    en: 'This workflow does not start with events, or is switched off. Give it an event step, publish it and switch it on.',
    ko: '이벤트로 시작하지 않거나 꺼져 있는 워크플로예요. 이벤트 단계를 넣고 게시해서 켜 주세요.',
  },
  'starts-by-event': {
    status: 409,
    en: 'This workflow starts with events: publish it, switch it on, and send an event. There is no list of people to run it for.',
    ko: '이벤트로 시작하는 워크플로예요. 게시하고 켠 뒤 이벤트를 보내 주세요. 직접 실행할 대상 목록은 없어요.',
  },
  'channel-needed': {
    status: 422,
    en: 'Say by which channel: the connection "{connection}" sends by {channels}.',
    ko: '어느 채널로 보낼지 적어 주세요. ‘{connection}’ 연결로 보낼 수 있는 채널: {channels}',
  },
  'intake-full': {
    status: 503,
    retryable: true,
    en: 'More comes in than can be stored right now. Nothing of this request was taken; send it again in a second.',
    ko: '한꺼번에 너무 많이 들어왔어요. 이 요청은 받지 않았으니 1초 뒤에 다시 보내 주세요.',
  },
  'intake-uncertain': {
    status: 503,
    retryable: true,
    en: 'The database was lost at the moment of storing; it is not certain whether this was taken. With the same Idempotency-Key you can send it again without doubling it.',
    ko: '저장하는 순간 데이터베이스 연결이 끊겨서 받았는지 확실하지 않아요. 같은 Idempotency-Key로 다시 보내면 겹치지 않아요.',
  },
  'webhook-unsigned': {
    status: 401,
    en: 'The signature is missing or wrong. Sign webhook-id, webhook-timestamp and the body as Standard Webhooks say.',
    ko: '서명이 없거나 맞지 않아요. Standard Webhooks 방식으로 webhook-id, webhook-timestamp와 본문에 서명해 주세요.',
  },
  'webhook-late': {
    status: 401,
    en: 'webhook-timestamp is more than 5 minutes away from the time here. Check the clock of the sender, and sign anew.',
    ko: 'webhook-timestamp가 이곳 시각과 5분 넘게 달라요. 보내는 쪽 시계를 확인하고 다시 서명해 주세요.',
  },
} as const satisfies Record<string, ErrorRow>
