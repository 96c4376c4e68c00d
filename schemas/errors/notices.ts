import type { ErrorRow } from '../error-row.ts'

/** Why a notice could not be told outside. `detail`: what the other side said, as it said it. */
export const noticeErrors = {
  'notice-way-unset': {
    status: 422,
    en: 'This way is not set up yet: {detail} is missing. Fill it in under Settings, Notices.',
    ko: '아직 설정이 끝나지 않았어요. 설정의 알림에서 {detail} 항목을 채워 주세요.',
  },
  'notice-webhook-failed': {
    status: 502,
    retryable: true,
    en: 'The webhook did not take the notice: {detail}. Check its address and that it answers with 2xx within 15 s.',
    ko: '웹훅이 알림을 받지 않았어요: {detail}. 주소가 맞는지, 15초 안에 2xx로 답하는지 확인해 주세요.',
  },
  'notice-smtp-unreachable': {
    status: 502,
    retryable: true,
    en: 'The mail server {host} could not be reached: {detail}. Check host and port.',
    ko: '메일 서버 {host}에 연결하지 못했어요: {detail}. 주소와 포트를 확인해 주세요.',
  },
  'notice-smtp-tls': {
    status: 502,
    retryable: true,
    en: 'No encrypted connection to {host}: {detail}. Check the encryption setting, the port (465 TLS, 587 STARTTLS) and the certificate of the server.',
    ko: '{host}와 암호화 연결을 맺지 못했어요: {detail}. 암호화 방식과 포트(465 TLS, 587 STARTTLS), 서버 인증서를 확인해 주세요.',
  },
  'notice-smtp-login': {
    status: 422,
    en: '{host} refused the user or the password: {detail}. Enter them again; many services want an app password here.',
    ko: '{host}에 로그인하지 못했어요: {detail}. 사용자와 비밀번호를 다시 넣어 주세요. 앱 비밀번호를 따로 만들어야 하는 곳이 많아요.',
  },
  'notice-smtp-sender': {
    status: 422,
    en: '{host} does not accept this sender address: {detail}. Use one that belongs to the account.',
    ko: '{host}에서 보내는 주소를 받지 않아요: {detail}. 그 계정에 속한 주소를 써 주세요.',
  },
  'notice-smtp-recipient': {
    status: 422,
    en: '{host} does not accept a recipient: {detail}. Correct the list of recipients.',
    ko: '{host}에서 받는 주소를 받지 않아요: {detail}. 받는 사람 목록을 고쳐 주세요.',
  },
  'notice-smtp-refused': {
    status: 502,
    retryable: true,
    en: '{host} did not take the message: {detail}',
    ko: '{host}에서 메일을 받지 않았어요: {detail}',
  },
  'notice-smtp-unknown': {
    status: 502,
    en: '{host} did not say whether it took the message ({detail}); it is not sent again, so that nobody gets it twice.',
    ko: '{host}에서 메일을 받았는지 알 수 없어요({detail}). 두 번 가지 않도록 다시 보내지 않아요.',
  },
} as const satisfies Record<string, ErrorRow>
