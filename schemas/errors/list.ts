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
  'list-empty': {
    status: 422,
    en: 'There are no rows. Paste at least one row besides the headers.',
    ko: '행이 없어요. 제목 줄 말고 한 행 이상 붙여넣어 주세요.',
  },
} as const satisfies Record<string, ErrorRow>
