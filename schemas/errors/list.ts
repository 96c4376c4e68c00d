import type { ErrorRow } from '../error-row.ts'

/** Stored lists. */
export const listErrors = {
  'list-missing': {
    status: 422,
    en: 'There is no list "{list}" here. Choose another list, or paste one.',
    ko: '‘{list}’ 명단이 없어요. 다른 명단을 고르거나 새로 붙여넣어 주세요.',
  },
  'list-in-use': {
    status: 409,
    en: 'This list is used by: {workflows}. Let them read another list first, and let their runs read it to the end.',
    ko: '이 명단을 쓰는 워크플로가 있어요: {workflows}. 그 워크플로가 다른 명단을 쓰게 하고, 읽고 있는 실행이 있으면 다 읽은 뒤에 지워 주세요.',
  },
  'upload-gap': {
    status: 409,
    en: 'The upload has {rows} rows so far. Go on behind them; only its last portion may be no multiple of 1,000 rows.',
    ko: '지금까지 {rows}행이 올라왔어요. 그다음 행부터 이어서 올려 주세요. 1,000의 배수가 아닌 것은 마지막 묶음뿐이어야 해요.',
  },
  'list-too-long': {
    status: 422,
    en: 'A list may have {limit} rows at most. Bring it in two lists.',
    ko: '명단 하나에는 {limit}행까지 담을 수 있어요. 명단을 나누어 주세요.',
  },
  'list-empty': {
    status: 422,
    en: 'There are no rows. Paste at least one row besides the headers.',
    ko: '행이 없어요. 제목 줄 말고 한 행 이상 붙여넣어 주세요.',
  },
} as const satisfies Record<string, ErrorRow>
