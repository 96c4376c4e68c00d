/** 보내기 전에 살피는 것. */
export const guards = {
  title: '보내기 전에 확인',
  text: '여기에 걸리면 아무에게도 보내지 않고, 사람이 승인할 때까지 기다려요.',
  open: '보내기 전에 확인 {{count, number}}개 따로 정함',
  workspaceTitle: '보내기 전에 확인 (기본값)',
  workspaceText: '워크플로에서 따로 정하지 않으면 이 값을 따라요.',
  saved: '보내기 전에 확인할 것을 저장했어요.',
  save: '저장',
  default: '기본값 따르기 · {{usual}}',
  own: '직접 정하기',
  never: '확인하지 않기',
  off: '확인하지 않음',
  ownOf: '{{name}} 값',
  maxRecipients: {
    label: '받는 사람 수',
    help: '이보다 많으면 기다려요.',
    figure: '{{figure}}명',
    unit: '명',
  },
  jump: {
    label: '지난번보다 갑자기 달라졌을 때',
    help: '지난 실행보다 이 배수 넘게 늘거나 줄면 기다려요.',
    figure: '{{figure}}배',
    unit: '배',
  },
  missingValues: {
    label: '빈 값이 있는 사람',
    help: '글에 빈 값이 들어가는 사람이 이보다 많으면 기다려요.',
    figure: '{{figure}}명',
    unit: '명',
  },
  cost: {
    label: '예상 비용',
    help: '연결에 적은 단가로 셈한 비용이 이보다 크면 기다려요.',
    figure: '₩{{figure}}',
  },
  empty: {
    label: '받는 사람이 없을 때',
    help: '데이터가 비어 있으면 조용히 끝낼지, 사람에게 물을지 정해요.',
    complete: '그대로 끝내기',
    wait: '사람에게 묻기',
  },
}
