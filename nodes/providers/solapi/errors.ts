import type { Localized } from '#schemas/localized.ts'
import type { FailureClass } from '#runtime/sdk/index.ts'

type Row = [code: string, failure: FailureClass, en: string, ko: string]

// SOLAPI's status codes (documentation of 2022, later additions noted there) with what each means for us. Codes that are missing are
// judged by their family: see classify.ts.
const rows: readonly Row[] = [
  ['1010', 'content', 'a required field is missing', '필수 값이 빠졌어요'],
  ['1011', 'recipient', 'the number has a wrong form', '번호 형식이 맞지 않아요'],
  ['1013', 'content', 'SMS cannot have a title', '단문에는 제목을 넣을 수 없어요'],
  ['1014', 'content', 'the title is longer than 40 bytes', '제목이 40바이트를 넘어요'],
  ['1020', 'configuration', 'the account cannot be used', '계정을 쓸 수 없어요'],
  ['1024', 'unknown', 'error inside the provider', '서비스 안에서 오류가 났어요'],
  ['1025', 'content', 'wrong kind of message', '메시지 종류가 맞지 않아요'],
  ['1026', 'recipient', 'the number is there twice in one request', '한 번에 같은 번호가 두 번 있어요'],
  ['1028', 'content', 'characters that cannot be printed', '보낼 수 없는 문자가 있어요'],
  ['1029', 'content', 'characters that a text message cannot carry', '문자로 보낼 수 없는 글자가 있어요'],
  ['1030', 'configuration', 'the balance is used up', '잔액이 부족해요'],
  ['1031', 'content', 'the text is too long', '글이 너무 길어요'],
  ['1041', 'configuration', 'the Kakao channel is not known', '카카오 채널을 찾을 수 없어요'],
  ['1042', 'configuration', 'the template is not known', '템플릿을 찾을 수 없어요'],
  ['1043', 'content', 'the text differs from the approved template', '승인된 템플릿과 글이 달라요'],
  ['1044', 'content', 'a button is wrong', '버튼이 맞지 않아요'],
  ['1045', 'content', 'the link of a button is wrong', '버튼 링크가 맞지 않아요'],
  ['1046', 'content', 'the template has buttons', '템플릿에 버튼이 있어요'],
  ['1047', 'content', 'the template has no buttons', '템플릿에 버튼이 없어요'],
  ['1048', 'content', 'a link is longer than 100 characters', '링크가 100자를 넘어요'],
  ['1049', 'content', 'a button name is longer than 14 characters', '버튼 이름이 14자를 넘어요'],
  ['1050', 'content', 'more than five buttons', '버튼이 다섯 개를 넘어요'],
  ['1052', 'content', 'the buttons are in another order', '버튼 순서가 달라요'],
  ['1058', 'recipient', 'no route to this number', '이 번호로 보낼 길이 없어요'],
  ['1060', 'opted-out', 'the recipient is blocked', '차단된 번호예요'],
  ['1061', 'opted-out', 'opted out by the free 080 number', '080으로 수신 거부한 번호예요'],
  ['1062', 'configuration', 'the sender number is not registered', '발신번호가 등록되지 않았어요'],
  ['1064', 'configuration', 'blocked by the internet agency (KISA)', 'KISA가 막은 발신번호예요'],
  ['2060', 'opted-out', 'the recipient is blocked', '차단된 번호예요'],
  ['2061', 'opted-out', 'opted out by the free 080 number', '080으로 수신 거부한 번호예요'],
  ['2062', 'configuration', 'the sender number is not registered', '발신번호가 등록되지 않았어요'],
  ['2063', 'configuration', 'the account is blocked', '차단된 계정이에요'],
  ['2230', 'configuration', 'the balance is used up', '잔액이 부족해요'],
  ['2254', 'content', 'taken for spam', '스팸으로 분류됐어요'],
  ['3010', 'recipient', 'the number has a wrong form', '번호 형식이 맞지 않아요'],
  ['3013', 'configuration', 'the sender number has a wrong form', '발신번호 형식이 맞지 않아요'],
  ['3014', 'unknown', 'the carrier does not say what happened', '통신사가 결과를 알려 주지 않았어요'],
  ['3031', 'recipient', 'cannot be sent to', '보낼 수 없는 번호예요'],
  ['3032', 'recipient', 'no such number', '없는 번호예요'],
  ['3040', 'unknown', 'no answer from the carrier in time', '통신사 응답 시간이 지났어요'],
  ['3041', 'recipient', 'the phone was busy', '통화 중이었어요'],
  ['3042', 'recipient', 'the phone was out of reach', '전파가 닿지 않았어요'],
  ['3043', 'recipient', 'the phone is switched off', '휴대폰이 꺼져 있어요'],
  ['3044', 'recipient', 'the inbox is full', '수신함이 가득 찼어요'],
  ['3045', 'recipient', 'the line is suspended', '정지된 번호예요'],
  ['3047', 'recipient', 'refused by the phone', '수신을 거부했어요'],
  ['3048', 'unknown', 'unknown error of the carrier', '통신사의 알 수 없는 오류예요'],
  ['3050', 'recipient', 'the phone takes no text messages', '문자를 받을 수 없는 휴대폰이에요'],
  ['3054', 'content', 'taken for spam', '스팸으로 분류됐어요'],
  ['3055', 'content', 'taken for spam', '스팸으로 분류됐어요'],
  ['3059', 'configuration', 'the sender number counts as forged', '변작된 발신번호예요'],
  ['3101', 'configuration', 'the Kakao channel is wrong', '카카오 채널이 맞지 않아요'],
  ['3102', 'recipient', 'not a friend of the channel', '채널 친구가 아니에요'],
  ['3103', 'content', 'the text differs from the approved template', '승인된 템플릿과 글이 달라요'],
  ['3104', 'recipient', 'does not use KakaoTalk', '카카오톡을 쓰지 않아요'],
  ['3105', 'configuration', 'the template is not registered', '등록되지 않은 템플릿이에요'],
  ['3106', 'configuration', 'the Kakao channel is not valid', '쓸 수 없는 카카오 채널이에요'],
  ['3107', 'recipient', 'inactive for 72 hours, or Alimtalk is blocked', '72시간 동안 쓰지 않았거나 알림톡을 차단했어요'],
  ['3108', 'temporary', 'outside the hours of sending', '보낼 수 있는 시간이 아니에요'],
]

export const solapiErrors: Readonly<Record<string, { class: FailureClass; text: Localized }>> = Object.fromEntries(
  rows.map(([code, failure, en, ko]) => [code, { class: failure, text: { en, ko } }]),
)

/** Error codes of a whole call that mean: key, secret or account are wrong, whatever the HTTP status is (400, 401 and 403 were seen). */
export const credentialCodes: ReadonlySet<string> = new Set([
  'InvalidAPIKey',
  'InvalidApiKey',
  'SignatureDoesNotMatch',
  'RequestTimeTooSkewed',
  'DuplicatedSignature',
  'Unauthorized',
  'Forbidden',
])
