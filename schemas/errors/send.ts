import type { ErrorRow } from '../error-row.ts'

/** What a provider's answer means for a run. The vendor's own code and text come as fields. */
export const sendErrors = {
  'provider-unreachable': {
    status: 502,
    retryable: true,
    en: '{provider} could not be reached: {detail}',
    ko: '{provider}에 연결하지 못했어요: {detail}',
  },
  'provider-busy': {
    status: 502,
    retryable: true,
    en: '{provider} does not take more at the moment ({code}).',
    ko: '{provider}에서 지금은 더 받지 않아요 ({code}).',
  },
  'provider-unknown': {
    status: 502,
    en: '{provider} did not say whether it accepted the messages ({detail}).',
    ko: '{provider}에서 받았는지 알 수 없어요 ({detail}).',
  },
  'provider-refused': {
    status: 422,
    en: '{provider} refused the message: {detail} ({code})',
    ko: '{provider}에서 받지 않았어요: {detail} ({code})',
  },
  'provider-configuration': {
    status: 422,
    en: '{provider} is not set up right: {detail} ({code}). Mend the connection, then start again.',
    ko: '{provider} 설정을 고쳐야 해요: {detail} ({code}). 연결을 고친 뒤 다시 시작해 주세요.',
  },
  'retries-used-up': {
    status: 422,
    en: 'It was tried {attempts} times without success: {detail}',
    ko: '{attempts}번 시도했지만 보내지 못했어요: {detail}',
  },
  expired: { status: 422, en: 'The time in which it may be sent is over.', ko: '보낼 수 있는 시간이 지났어요.' },
  'in-doubt': {
    status: 422,
    en: 'Sending was interrupted; whether it arrived cannot be told.',
    ko: '보내는 중에 멈춰서, 갔는지 알 수 없어요.',
  },
} as const satisfies Record<string, ErrorRow>
