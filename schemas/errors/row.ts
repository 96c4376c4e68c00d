import type { ErrorRow } from '../error-row.ts'

/** Why one row could not become a message, or its message could not be sent. */
export const rowErrors = {
  'value-null': {
    status: 422,
    en: '"{variable}" has no value (column {column} is null).',
    ko: '‘{variable}’에 넣을 값이 없어요 ({column} 열이 비어 있어요).',
  },
  'value-empty': {
    status: 422,
    en: '"{variable}" is an empty text (column {column}).',
    ko: '‘{variable}’에 넣을 값이 빈 글이에요 ({column} 열).',
  },
  'value-no-row': {
    status: 422,
    en: '"{variable}" has no value: the query found no row.',
    ko: '‘{variable}’에 넣을 값이 없어요: 조회된 행이 없어요.',
  },
  'value-unusable': {
    status: 422,
    en: '"{variable}" cannot be shown as {format}: the value does not fit.',
    ko: '‘{variable}’ 값을 {format} 형식으로 쓸 수 없어요.',
  },
  'query-failed': {
    status: 422,
    en: 'The query for this recipient failed: {detail}',
    ko: '이 사람의 값을 조회하지 못했어요: {detail}',
  },
  'address-missing': { status: 422, en: 'There is no address.', ko: '번호나 주소가 없어요.' },
  'address-unusable': { status: 422, en: 'The address does not have a valid form.', ko: '번호나 주소의 형식이 맞지 않아요.' },
  'text-too-long': {
    status: 422,
    en: 'The text is {used} {unit} long; at most {limit} go out.',
    ko: '글이 {used}{unit}예요. {limit}{unit}까지만 보낼 수 있어요.',
  },
  'text-not-encodable': {
    status: 422,
    en: 'The text has characters that a text message cannot carry: {characters}',
    ko: '문자로 보낼 수 없는 글자가 있어요: {characters}',
  },
  'text-empty': { status: 422, en: 'The text is empty.', ko: '글이 비어 있어요.' },
  'person-erased': {
    status: 422,
    en: 'This person asked to be erased before it went out.',
    ko: '보내기 전에 정보를 지워 달라고 한 사람이에요.',
  },
  'opted-out': { status: 422, en: 'This person does not want messages.', ko: '받지 않겠다고 한 사람이에요.' },
  duplicate: { status: 422, en: 'The same address is in the audience already.', ko: '같은 번호가 이미 있어요.' },
  'bad-address': { status: 422, en: 'The address does not have a valid form.', ko: '번호의 형식이 맞지 않아요.' },
  'template-broken': {
    status: 422,
    en: 'The text has a variable that is not written right: {detail}',
    ko: '글에 잘못 쓴 변수가 있어요: {detail}',
  },
  'wait-time-missing': {
    status: 422,
    en: 'There is nothing in the column "{column}", so nobody knows until when to wait.',
    ko: '‘{column}’ 열이 비어 있어서 언제까지 기다릴지 알 수 없어요.',
  },
  'wait-time-unusable': {
    status: 422,
    en: '"{column}" holds no date or time that can be read, so nobody knows until when to wait.',
    ko: '‘{column}’ 열의 값을 날짜나 시각으로 읽을 수 없어서 언제까지 기다릴지 알 수 없어요.',
  },
  'wait-too-long': {
    status: 422,
    en: 'The wait would last until {until}, longer than the {days} days that are allowed.',
    ko: '{until}까지 기다려야 해요. 정해 둔 {days}일보다 길어요.',
  },
  'node-failed': { status: 422, en: 'The step could not process this row: {detail}', ko: '이 행을 처리하지 못했어요: {detail}' },
} as const satisfies Record<string, ErrorRow>
