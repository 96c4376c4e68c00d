/** 화면의 제목과 빈 상태. 화면이 자라면 그 화면의 낱말 파일로 옮겨요. */
export const screens = {
  home: { title: '워크플로', empty: '아직 워크플로가 없어요' },
  runs: { title: '실행', empty: '아직 실행한 적이 없어요' },
  workflowRuns: { title: '실행 기록' },
  run: { title: '실행' },
  outbox: { title: '보낸 편지함', empty: '아직 보낸 메시지가 없어요' },
  data: { title: '데이터', empty: '아직 연결이 없어요', new: '새 연결', one: '연결' },
  settings: { title: '설정' },
}
