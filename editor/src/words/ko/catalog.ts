/** 연결한 데이터베이스에 있는 표와 열. */
export const catalog = {
  title: '표를 우리말로 불러요',
  readAt: '표를 읽은 때:',
  anew: '다시 읽기',
  none: '이 계정으로 읽을 수 있는 표가 없어요.',
  rows: '{{shown}}행',
}
