/** 화면의 제목과 빈 상태. 화면이 자라면 그 화면의 낱말 파일로 옮겨요. */
export const screens = {
  runs: { title: '실행', empty: '아직 실행한 적이 없어요' },
  run: { title: '실행' },
  outbox: { title: '보낸 편지함', empty: '아직 보낸 메시지가 없어요' },
}
