/** 워크플로 파일을 가져오고 내보내기. */
export const imports = {
  title: '파일을 가져오지 못했어요',
  text: '‘{{file}}’에서 고칠 곳이에요. 고친 뒤에 다시 가져와 주세요. 바뀐 것은 없어요.',
  line: '{{line, number}}번째 줄',
  empty: '파일이 비어 있어요. 내보낸 워크플로 파일(.json)을 골라 주세요.',
  tooLarge: '파일이 너무 커요. 워크플로 파일은 5MB보다 작아요.',
  syntax: '여기에서 JSON 문법이 어긋나요. 쉼표와 따옴표, 괄호를 확인해 주세요.',
  addSteps: '파일에서 단계 가져오기',
  export: '파일로 내보내기',
  added_one: '단계 {{count, number}}개를 가져왔어요',
  added_other: '단계 {{count, number}}개를 가져왔어요',
  nothing: '파일에 단계가 없어요',
  three: {
    title: '3단계 워크플로 가져오기',
    text: '‘{{file}}’은(는) 템플릿, 대상, 매핑으로 된 3단계 워크플로예요. 같은 일을 하는 그래프로 바꿔요. 아직 아무것도 보내지 않아요.',
    database: '조회할 데이터베이스',
    noDatabase: '연결한 데이터베이스가 없어요',
    take: '가져오기',
    done: '가져왔어요',
    result: '‘{{name}}’ 초안을 만들었어요. 확인할 것은 편집 화면에서 고칠 수 있어요.',
    warning: '확인해 주세요',
    lost: '옮기지 못했어요',
    made: '이렇게 바뀌었어요',
    original: '원래 JSON 받기',
    open: '워크플로 열기',
  },
  tests: {
    run: '흐름 시험 파일 돌리기',
    title: '흐름 시험',
    text_one:
      '‘{{file}}’: 시험 {{count, number}}개 중 {{passed, number}}개 통과. 아무것도 보내지 않았고 소스도 조회하지 않았어요.',
    text_other:
      '‘{{file}}’: 시험 {{count, number}}개 중 {{passed, number}}개 통과. 아무것도 보내지 않았고 소스도 조회하지 않았어요.',
    passed: '통과',
    failed: '다름',
  },
}
