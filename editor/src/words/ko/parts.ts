/** 함께 쓰는 부품의 낱말. */
export const parts = {
  kept: { age: '{{ago}} 결과', anew: '새로 조회' },
  error: {
    title: '뜻대로 되지 않았어요',
    retry: '다시 시도',
    code: '오류 코드',
    request: '요청 번호',
    offline: '서버에 닿지 않아요. Alimflow가 켜져 있는지, 네트워크가 이어져 있는지 확인해 주세요.',
    answer: '서버가 알아볼 수 없는 답을 보냈어요({{status}}). 잠시 뒤 다시 시도해 주세요.',
  },
  late: { title: '이 부분을 불러오지 못했어요' },
  confirm: { cancel: '취소' },
  close: '닫기',
  bar: { all: '전체', label: '상태별 사람 수', share: '{{label}} {{count, number}}명' },
  length: {
    characters: '{{used, number}} / {{limit, number}}자',
    bytes: '{{used, number}} / {{limit, number}}바이트',
    over: '{{over, number}} 넘어요',
  },
  phone: {
    alimtalk: '알림톡 도착',
    label: '받는 사람이 보는 메시지',
    hole: '{{name}}: 값이 비어 있어요',
    value: '{{name}} 값',
  },
  time: { never: '아직 없음', now: '방금', today: '오늘 {{time}}', yesterday: '어제 {{time}}', tomorrow: '내일 {{time}}' },
  pane: { resize: '크기 바꾸기', fold: '접기', unfold: '펼치기' },
  copy: '복사',
  copied: '복사했어요',
}
