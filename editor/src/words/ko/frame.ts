/** 틀: 레일, 제목 줄, 어디에나 나오는 말. */
export const frame = {
  name: 'Alimflow',
  rail: {
    label: '주 메뉴',
    workflows: '워크플로',
    runs: '실행',
    totals: '합계',
    outbox: '보낸 편지함',
    data: '데이터',
    schedules: '일정',
    people: '사람',
    settings: '설정',
  },
  skip: '본문으로 건너뛰기',
  loading: '불러오는 중이에요',
  unknown: {
    title: '여기에는 아무것도 없어요',
    text: '주소 {{path}}에 화면이 없어요. 주소가 바뀌었거나 지워진 것을 가리키는 것 같아요.',
    home: '워크플로로 가기',
  },
  crash: {
    title: '화면을 그리다 멈췄어요',
    text: 'Alimflow의 잘못이에요. 저장한 것은 그대로 있어요. 다시 그려 보고, 또 멈추면 아래 내용을 알려 주세요.',
    retry: '다시 그리기',
    reload: '새로고침',
  },
  unloaded: {
    title: '화면을 불러오지 못했어요',
    text: '서버가 꺼져 있거나, 새 버전이 올라와 예전 화면이 없어진 것 같아요. Alimflow가 켜져 있는지 보고 새로고침해 주세요.',
  },
  language: '언어',
  theme: { label: '화면 밝기', light: '밝게', dark: '어둡게', auto: '기기 설정에 맞춤' },
}
