/** 예제 고르기. */
export const examples = {
  title: '예제에서 시작',
  text: '마음에 드는 예제를 골라 내 것으로 바꿔요. 글은 샘플 데이터로 지금 만들어 본 거예요.',
  start: '이 예제로 시작',
  messages: '‘{{name}}’이 보내는 글',
  noMessages: '지금 이 예제를 받을 사람이 없어요. 시작해서 받는 사람을 바꿔 보세요.',
}
