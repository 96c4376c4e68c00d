/** What a condition can ask, with its words. `value` is text; it is read as the column's type says. */
export const OPERATORS = {
  equals: { en: 'is', ko: '같음', values: 1 },
  'not-equals': { en: 'is not', ko: '같지 않음', values: 1 },
  'at-least': { en: 'is at least', ko: '이상', values: 1 },
  'at-most': { en: 'is at most', ko: '이하', values: 1 },
  above: { en: 'is more than', ko: '초과', values: 1 },
  below: { en: 'is less than', ko: '미만', values: 1 },
  contains: { en: 'contains', ko: '포함', values: 1 },
  'not-contains': { en: 'does not contain', ko: '포함하지 않음', values: 1 },
  'starts-with': { en: 'starts with', ko: '이렇게 시작', values: 1 },
  'one-of': { en: 'is one of', ko: '이 중 하나', values: 1 },
  'within-days': { en: 'is within the last days', ko: '최근 며칠 안', values: 1 },
  'is-null': { en: 'has no value', ko: '빈 값', values: 0 },
  'not-null': { en: 'has a value', ko: '값이 있음', values: 0 },
  'is-empty': { en: 'is empty or has no value', ko: '빈 글이거나 빈 값', values: 0 },
  'not-empty': { en: 'is not empty', ko: '비어 있지 않음', values: 0 },
  'is-true': { en: 'is true', ko: '예', values: 0 },
  'is-false': { en: 'is false', ko: '아니요', values: 0 },
} as const
export type Operator = keyof typeof OPERATORS

/** What a condition of a query can ask: all that the filter can, with dates that move, and what only a database answers quickly. */
const { 'within-days': _withinDays, ...shared } = OPERATORS
export const QUERY_OPERATORS = {
  ...shared,
  between: { en: 'is between', ko: '사이', values: 2 },
  within: { en: 'is in', ko: '기간', values: 0 },
  anniversary: { en: 'has its day today', ko: '오늘이 그날(생일)', values: 0 },
} as const
export type QueryOperator = keyof typeof QUERY_OPERATORS
