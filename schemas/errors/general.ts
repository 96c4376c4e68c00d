import type { ErrorRow } from '../error-row.ts'

/** What can happen to any request. */
export const generalErrors = {
  'invalid-request': {
    status: 400,
    en: 'The request is not what this address takes. {detail}',
    ko: '요청의 형식이 맞지 않아요. {detail}',
  },
  'invalid-json': {
    status: 400,
    en: 'The body is not valid JSON. {detail}',
    ko: '본문이 올바른 JSON이 아니에요. {detail}',
  },
  'forbidden-key': {
    status: 400,
    en: 'The key "{key}" is not allowed in JSON sent to Alimflow. Remove it.',
    ko: '"{key}"라는 이름은 쓸 수 없어요. 지워 주세요.',
  },
  'not-found': { status: 404, en: 'There is no {what} with this id.', ko: '찾는 {what} 항목이 없어요.' },
  'unknown-address': { status: 404, en: 'There is nothing at {path}.', ko: '{path}에는 아무것도 없어요.' },
  'body-too-large': {
    status: 413,
    en: 'The body is larger than {limit}. Send less at once.',
    ko: '본문이 {limit}보다 커요. 나누어 보내 주세요.',
  },
  'unsupported-media-type': {
    status: 415,
    en: 'Send JSON with the header Content-Type: application/json.',
    ko: 'Content-Type: application/json 헤더와 함께 JSON으로 보내 주세요.',
  },
  'invalid-fields': { status: 422, en: 'Some fields are not right.', ko: '올바르지 않은 칸이 있어요.' },
  'too-many-requests': {
    status: 429,
    retryable: true,
    en: 'Too many requests. Try again in {seconds} s.',
    ko: '요청이 너무 많아요. {seconds}초 뒤에 다시 해 주세요.',
  },
  unauthorized: {
    status: 401,
    en: 'This address needs the access token that was printed at the first start.',
    ko: '처음 시작할 때 알려 드린 접근 토큰이 필요해요.',
  },
  'foreign-origin': {
    status: 403,
    en: 'Requests from {origin} are not accepted. Open Alimflow at its own address.',
    ko: '{origin}에서 온 요청은 받지 않아요. Alimflow 주소에서 열어 주세요.',
  },
  'foreign-host': {
    status: 403,
    en: 'Alimflow does not answer to the name {host}. Use the address it printed at the start.',
    ko: '{host}라는 이름으로는 열 수 없어요. 시작할 때 나온 주소로 열어 주세요.',
  },
  'stale-revision': {
    status: 409,
    en: 'Someone else saved this in the meantime. Load the newest state and make the change again.',
    ko: '그사이 다른 곳에서 저장했어요. 최신 상태를 불러와 다시 고쳐 주세요.',
  },
  'part-down': {
    status: 503,
    retryable: true,
    en: '{part} does not answer. {detail}',
    ko: '{part}에서 응답이 없어요. {detail}',
  },
  cancelled: { status: 409, en: 'It was cancelled.', ko: '취소되었어요.' },
  internal: {
    status: 500,
    en: 'Something went wrong inside Alimflow. The log of the server has the details under {requestId}.',
    ko: 'Alimflow 안에서 문제가 생겼어요. 자세한 내용은 서버 기록의 {requestId}에 있어요.',
  },
} as const satisfies Record<string, ErrorRow>
