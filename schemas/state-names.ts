import type { Localized } from './localized.ts'
import type { MessageState } from './states.ts'

/** What the states of messages are called: on the pages and in files. */
export const MESSAGE_STATE_NAMES: Readonly<Record<MessageState, Localized>> = {
  pending: { en: 'Pending', ko: '대기' },
  sending: { en: 'Sending', ko: '보내는 중' },
  sent: { en: 'Awaiting result', ko: '결과 대기' },
  delivered: { en: 'Delivered', ko: '전달' },
  converted: { en: 'Delivered as text', ko: '문자로 전달' },
  errored: { en: 'Will be retried', ko: '다시 보낼 예정' },
  failed: { en: 'Failed', ko: '실패' },
  skipped: { en: 'Left out', ko: '제외' },
  expired: { en: 'Expired', ko: '시간 지남' },
  cancelled: { en: 'Cancelled', ko: '취소됨' },
  unconfirmed: { en: 'Unconfirmed', ko: '확인 불가' },
}

/** A state by its name; one that a newer server has is shown as it is. */
export function messageStateName(state: string, language: 'en' | 'ko'): string {
  const names: Readonly<Record<string, Localized>> = MESSAGE_STATE_NAMES
  return Object.hasOwn(names, state) ? (names[state]?.[language] ?? state) : state
}

/** All of them in one language. */
export function messageStateNames(language: 'en' | 'ko'): Record<MessageState, string> {
  // The keys are those of the record.
  return Object.fromEntries(Object.entries(MESSAGE_STATE_NAMES).map(([state, name]) => [state, name[language]])) as Record<
    MessageState,
    string
  >
}
