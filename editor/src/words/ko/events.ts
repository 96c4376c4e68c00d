/** 이벤트와 웹훅으로 시작하는 워크플로. */
export const events = {
  paste: '예시로 값 채우기',
  pasteLabel: '예시 JSON',
  pasteHelp: '상대 서비스가 보내는 내용을 하나 붙여넣으면 값마다 이름과 종류를 적어 드려요. 지금 적힌 목록을 대신해요.',
  pasteWrong: 'JSON 객체가 아니에요. { 로 시작해서 } 로 끝나는 내용을 붙여넣어 주세요.',
  pasteTake: '값 {{count, number}}개로 채우기',
  send: '이렇게 보내면 돼요',
  sendText: '게시하고 켜 두면 받아요. 같은 이름을 기다리는 워크플로가 모두 시작해요.',
  curl: '보내는 예',
}
