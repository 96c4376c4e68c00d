import type { Dialect } from '#schemas/sql/dialect.ts'
import type { Localized } from '#schemas/localized.ts'

interface SqlFunction {
  readonly name: string
  readonly text: Localized
  /** Default: all. */
  readonly only?: 'postgres' | 'mysql'
}

const FUNCTIONS: readonly SqlFunction[] = [
  { name: 'count', text: { en: 'how many', ko: '개수' } },
  { name: 'sum', text: { en: 'total', ko: '합계' } },
  { name: 'avg', text: { en: 'average', ko: '평균' } },
  { name: 'min', text: { en: 'smallest, earliest', ko: '가장 작은 값, 가장 이른 때' } },
  { name: 'max', text: { en: 'largest, latest', ko: '가장 큰 값, 가장 늦은 때' } },
  { name: 'coalesce', text: { en: 'first value that is there', ko: '비어 있지 않은 첫 값' } },
  { name: 'nullif', text: { en: 'empty if equal', ko: '같으면 비우기' } },
  { name: 'round', text: { en: 'rounded', ko: '반올림' } },
  { name: 'floor', text: { en: 'rounded down', ko: '내림' } },
  { name: 'ceil', text: { en: 'rounded up', ko: '올림' } },
  { name: 'abs', text: { en: 'without its sign', ko: '절댓값' } },
  { name: 'lower', text: { en: 'small letters', ko: '소문자로' } },
  { name: 'upper', text: { en: 'capital letters', ko: '대문자로' } },
  { name: 'trim', text: { en: 'without spaces around', ko: '앞뒤 공백 없애기' } },
  { name: 'replace', text: { en: 'put a text for another', ko: '글자 바꾸기' } },
  { name: 'substring', text: { en: 'part of a text', ko: '글자 일부' } },
  { name: 'concat', text: { en: 'texts joined', ko: '글자 잇기' } },
  { name: 'char_length', text: { en: 'number of characters', ko: '글자 수' } },
  { name: 'row_number', text: { en: 'number of the row in its group', ko: '묶음 안의 순번' } },
  { name: 'now', text: { en: 'this moment', ko: '지금' } },
  { name: 'date_trunc', text: { en: 'start of the day, month …', ko: '하루, 한 달의 시작' }, only: 'postgres' },
  { name: 'to_char', text: { en: 'date or number as text', ko: '날짜나 수를 글자로' }, only: 'postgres' },
  { name: 'string_agg', text: { en: 'texts of many rows', ko: '여러 행의 글자 잇기' }, only: 'postgres' },
  { name: 'extract', text: { en: 'year, month, day of a date', ko: '날짜의 연, 월, 일' } },
  { name: 'date_format', text: { en: 'date as text', ko: '날짜를 글자로' }, only: 'mysql' },
  { name: 'date_add', text: { en: 'date moved on', ko: '날짜 더하기' }, only: 'mysql' },
  { name: 'date_sub', text: { en: 'date moved back', ko: '날짜 빼기' }, only: 'mysql' },
  { name: 'datediff', text: { en: 'days between', ko: '며칠 사이' }, only: 'mysql' },
  { name: 'ifnull', text: { en: 'a value where there is none', ko: '비었을 때 쓸 값' }, only: 'mysql' },
  { name: 'group_concat', text: { en: 'texts of many rows', ko: '여러 행의 글자 잇기' }, only: 'mysql' },
]

/** Functions that queries for messages use, with what they give. */
export function functionsOf(dialect: Dialect): SqlFunction[] {
  const family = dialect === 'postgres' ? 'postgres' : 'mysql'
  return FUNCTIONS.filter(({ only }) => only === undefined || only === family)
}

/** The single words of KEYWORDS and others that no plain name may be. */
export const QUERY_WORDS: ReadonlySet<string> = new Set(
  (
    'select from where and or join left right inner outer full cross on group order by having limit as distinct not in is null like between exists case when then else end ' +
    'asc desc union all interval with current_date over partition offset true false using any some filter except intersect ' +
    'user table column default check key index primary'
  ).split(' '),
)

/** Words of a query, in the order in which they mostly come. */
export const KEYWORDS = [
  'select',
  'from',
  'where',
  'and',
  'or',
  'join',
  'left join',
  'on',
  'group by',
  'order by',
  'having',
  'limit',
  'as',
  'distinct',
  'not',
  'in',
  'is null',
  'is not null',
  'like',
  'between',
  'exists',
  'case',
  'when',
  'then',
  'else',
  'end',
  'asc',
  'desc',
  'union all',
  'interval',
  'with',
  'current_date',
  'over',
  'partition by',
  'offset',
  'true',
  'false',
  'null',
] as const
