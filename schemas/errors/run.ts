import type { ErrorRow } from '../error-row.ts'

/** What a person may not do with a run now, why a run waits or was stopped by hand, and what a run's reader should know. */
export const runErrors = {
  'run-not-pausable': {
    status: 409,
    en: 'There is nothing to pause: a run can be paused while it prepares or sends.',
    ko: '지금은 멈출 수 없어요. 준비하거나 보내는 동안에만 멈출 수 있어요.',
  },
  'run-not-paused': {
    status: 409,
    en: 'This run is not paused, so there is nothing to resume.',
    ko: '멈춘 실행이 아니라서 이어서 보낼 것이 없어요.',
  },
  'run-overdue': {
    status: 409,
    en: 'The messages that wait here were to be sent until {at} at the latest. Resume with "late": "send" to send them now, or with "late": "expire" to end them unsent.',
    ko: '기다리던 메시지는 늦어도 {at}까지 보내기로 한 것이에요. 지금이라도 보내려면 "late": "send", 보내지 않고 끝내려면 "late": "expire"로 이어서 보내 주세요.',
  },
  'run-not-waiting': {
    status: 409,
    en: 'This run does not wait for an approval.',
    ko: '승인을 기다리는 실행이 아니에요.',
  },
  'run-waits-for-approval': {
    status: 409,
    en: 'This run waits for an approval and sends nothing meanwhile. Approve it or cancel it.',
    ko: '승인을 기다리는 중이라 아무것도 보내지 않고 있어요. 승인하거나 취소해 주세요.',
  },
  'run-being-cancelled': {
    status: 409,
    en: 'This run is being cancelled; it cannot go on.',
    ko: '취소하는 중이라 이어서 보낼 수 없어요.',
  },
  'run-still-sending': {
    status: 409,
    en: 'This run still goes on. Send again when everything that was to be sent was sent, or after it was cancelled.',
    ko: '아직 끝나지 않은 실행이에요. 다 보내거나 취소한 뒤에 다시 보내 주세요.',
  },
  'run-erased': {
    status: 409,
    en: 'The personal data of this run was erased, so nothing of it can be sent any more. Start a new run.',
    ko: '이 실행의 개인정보를 지워서 더는 보낼 수 없어요. 새로 실행해 주세요.',
  },
  'run-not-over': {
    status: 409,
    en: 'This run still goes on. Repeat it when everything is sent, or after it was cancelled.',
    ko: '아직 진행 중인 실행이에요. 다 보내거나 취소한 뒤에 다시 실행해 주세요.',
  },
  'run-of-events': {
    status: 409,
    en: 'This run took events as they came, so there is nothing to repeat. What failed of it can be sent again; new events start by themselves.',
    ko: '들어오는 이벤트를 받아 보내던 실행이라 되풀이할 것이 없어요. 실패한 메시지는 다시 보낼 수 있고, 새 이벤트는 저절로 보내져요.',
  },
  'run-still-stopping': {
    status: 409,
    retryable: true,
    en: 'Some calls of this run are still waiting for their answer. Try again in a moment.',
    ko: '나가 있는 메시지의 답을 아직 기다리고 있어요. 잠시 뒤에 다시 눌러 주세요.',
  },
  'step-type-gone': {
    status: 409,
    en: 'This run used the step type "{type}", which does not exist any more. Put its file back, or run the workflow as it is now.',
    ko: '그때 쓰던 ‘{type}’ 단계가 없어졌어요. 파일을 되돌리거나 지금의 워크플로로 실행해 주세요.',
  },
  'step-type-changed': {
    status: 409,
    en: 'The step type "{type}" was changed since, so this run cannot be repeated as it was. Run the workflow as it is now.',
    ko: '그 뒤에 ‘{type}’ 단계가 바뀌어서 그때 그대로 다시 실행할 수 없어요. 지금의 워크플로로 실행해 주세요.',
  },
  'run-failed-unsent': {
    status: 409,
    en: 'This run failed before anything was sent, so there is nobody to send to again. Repeat the run or start a new one.',
    ko: '보내기 전에 실패한 실행이라 다시 보낼 사람이 없어요. 같은 버전으로 다시 실행하거나 새로 실행해 주세요.',
  },
  'message-not-unconfirmed': {
    status: 409,
    en: 'This message is known to be something else by now. Only one that could not be confirmed can be resolved by hand.',
    ko: '이 메시지는 확인 불가 상태가 아니라서 직접 정할 수 없어요.',
  },
  'paused-by-person': {
    status: 409,
    en: 'It was paused by hand. Resume it to go on.',
    ko: '직접 멈췄어요. 이어서 보내면 계속돼요.',
  },
  'guard-recipients': {
    status: 409,
    en: '{count} recipients are more than the {limit} that may be sent to without an approval. Approve to send, or cancel.',
    ko: '받는 사람이 {count}명이에요. 승인 없이 보낼 수 있는 {limit}명보다 많아요. 승인하면 보내고, 아니면 취소해 주세요.',
  },
  'guard-empty': {
    status: 409,
    en: 'There is nobody to send to. Approve to end the run, or cancel, and look at the data it reads.',
    ko: '받는 사람이 없어요. 승인하면 그대로 끝내요. 취소하고 데이터를 확인해 주세요.',
  },
  'empty-audience': {
    status: 409,
    en: 'There was nobody to send to. If that is not right, look at the data the workflow reads.',
    ko: '받는 사람이 없었어요. 예상과 다르면 워크플로가 읽는 데이터를 확인해 주세요.',
  },
  'guard-jump': {
    status: 409,
    en: '{count} recipients this time, {last} in the last run: a change of more than {factor} times. Approve to send, or cancel and look at the data.',
    ko: '이번에는 {count}명, 지난번에는 {last}명이에요. {factor}배 넘게 달라졌어요. 승인하면 보내고, 아니면 취소하고 데이터를 확인해 주세요.',
  },
  'guard-missing': {
    status: 409,
    en: '{count} recipients miss a value in their message; {limit} are allowed. Approve to send, or cancel and mend the data.',
    ko: '빈 값이 있는 사람이 {count}명이에요. {limit}명까지 괜찮다고 정해 두었어요. 승인하면 보내고, 아니면 취소하고 데이터를 고쳐 주세요.',
  },
  'guard-cost': {
    status: 409,
    en: 'It would cost about ₩{count}, more than the ₩{limit} that may be spent without an approval. Approve to send, or cancel.',
    ko: '예상 비용이 ₩{count}이에요. 승인 없이 쓸 수 있는 ₩{limit}보다 많아요. 승인하면 보내고, 아니면 취소해 주세요.',
  },
  'guard-unknown': {
    status: 409,
    en: 'Missing values or cost are to be judged, but cannot be known before sending: a price is not known, or rows change after a query. Approve to send, or cancel.',
    ko: '빈 값이나 비용을 미리 확인하기로 했지만 보내기 전에는 알 수 없어요. 단가를 모르거나, 조회한 뒤에 받는 사람이 달라지는 흐름이에요. 승인하면 보내고, 아니면 취소해 주세요.',
  },
  'launch-prepared': {
    status: 409,
    en: 'Everything is prepared for {count} recipients, and nothing was sent. Look at it, then approve to send, or cancel.',
    ko: '{count}명에게 보낼 준비를 마쳤고, 아직 아무것도 보내지 않았어요. 확인하고 승인하면 보내고, 아니면 취소해 주세요.',
  },
  'ask-of-test': {
    status: 400,
    en: 'A test run asks nobody: leave out "ask" or "test".',
    ko: '시험 발송은 묻지 않고 바로 보내요. "ask"와 "test" 중 하나만 써 주세요.',
  },
  'first-part-sent': {
    status: 409,
    en: 'The first {count} were sent. Look at the results, then approve to send to the other {left}, or cancel.',
    ko: '먼저 {count}명에게 보냈어요. 결과를 보고 승인하면 나머지 {left}명에게 보내고, 아니면 취소해 주세요.',
  },
  'ambiguous-answers': {
    status: 422,
    en: 'For {count} questions there were several rows where one was meant; the first was taken. Make the query give one row.',
    ko: '한 줄이어야 하는데 여러 줄이 나온 질문이 {count}개 있어서 첫 줄을 썼어요. 한 줄만 나오게 고쳐 주세요.',
  },
  'connection-gone': {
    status: 409,
    en: 'This run used the connection "{connection}", which does not exist any more. Run the workflow as it is now.',
    ko: '그때 쓰던 ‘{connection}’ 연결이 없어졌어요. 지금의 워크플로로 실행해 주세요.',
  },
} as const satisfies Record<string, ErrorRow>
