import type { ErrorRow } from '../error-row.ts'

/** What a developer meets: mistakes that TypeScript finds in a node file, workflow and test files, the command line. */
export const developerErrors = {
  'plugin-wrong-value': {
    status: 422,
    en: '{file}, line {line}: a value of the kind {wanted} belongs here, but this is {given}.',
    ko: '{file} {line}번째 줄: {wanted} 값이 와야 하는데 {given} 값이 있어요.',
  },
  'plugin-field-missing': {
    status: 422,
    en: '{file}, line {line}: "{field}" is missing here. Add it.',
    ko: '{file} {line}번째 줄: ‘{field}’ 항목이 빠졌어요. 추가해 주세요.',
  },
  'plugin-field-unknown': {
    status: 422,
    en: '{file}, line {line}: there is no "{field}" here. Is it misspelt?',
    ko: '{file} {line}번째 줄: ‘{field}’ 항목은 없어요. 철자를 확인해 주세요.',
  },
  'plugin-name-unknown': {
    status: 422,
    en: '{file}, line {line}: nothing of the name "{name}" is known. Import it, or mend its spelling.',
    ko: '{file} {line}번째 줄: ‘{name}’을(를) 찾을 수 없어요. import를 추가하거나 철자를 고쳐 주세요.',
  },
  'plugin-maybe-empty': {
    status: 422,
    en: "{file}, line {line}: {name} can be empty here. Say what happens then, for example {name} ?? ''.",
    ko: "{file} {line}번째 줄: {name} 값이 비어 있을 수 있어요. 빈 값일 때를 정해 주세요. 예: {name} ?? ''",
  },
  'plugin-type-mistake': {
    status: 422,
    en: '{file}, line {line}: TypeScript finds a mistake: {detail}',
    ko: '{file} {line}번째 줄: TypeScript가 잘못된 곳을 찾았어요: {detail}',
  },
  'flow-test-nothing-given': {
    status: 422,
    en: 'The test gives no rows for this query: {sql}. Add the id of its step to "given".',
    ko: '테스트의 given에 이 조회의 값이 없어요: {sql}. given에 그 단계의 id를 추가해 주세요.',
  },
  'workflow-file-unusable': {
    status: 422,
    en: '{file} cannot be used: {detail}',
    ko: '{file} 파일을 쓸 수 없어요: {detail}',
  },
  'product-unreachable': {
    status: 503,
    en: 'No Alimflow answers at {url} ({detail}). Start it, or name another address with --url.',
    ko: '{url}에서 Alimflow가 응답하지 않아요 ({detail}). 먼저 켜거나 --url로 다른 주소를 알려 주세요.',
  },
  'workflow-name-unclear': {
    status: 422,
    en: '{count} workflows are called "{name}". Name one by its id: {ids}',
    ko: '이름이 ‘{name}’인 워크플로가 {count}개예요. id로 골라 주세요: {ids}',
  },
} as const satisfies Record<string, ErrorRow>
