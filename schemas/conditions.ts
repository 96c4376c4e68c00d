import Type, { type Static } from 'typebox'
import { field } from './form.ts'

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

// Object.keys forgets that these are the operators' own names.
const names = Object.keys(OPERATORS) as Operator[]

export const Condition = Type.Object(
  {
    column: Type.String({ maxLength: 200, ...field({ title: { en: 'Column', ko: '열' } }, { widget: 'column' }) }),
    is: Type.Enum(names, {
      ...field({
        title: { en: 'How', ko: '조건' },
        options: Object.fromEntries(names.map((name) => [name, { en: OPERATORS[name].en, ko: OPERATORS[name].ko }])),
      }),
    }),
    value: Type.Optional(Type.String({ maxLength: 10_000, ...field({ title: { en: 'Value', ko: '값' } }) })),
  },
  { additionalProperties: false },
)
export type Condition = Static<typeof Condition>

/** Conditions joined by and (`all`) or or (`any`), with groups inside groups, at most five deep. */
export interface Conditions {
  join: 'all' | 'any'
  items: (Condition | Conditions)[]
}

function group(depth: number): Type.TSchema {
  return Type.Object(
    {
      join: Type.Enum(['all', 'any']),
      items: Type.Array(depth === 0 ? Condition : Type.Union([Condition, group(depth - 1)]), { maxItems: 100 }),
    },
    { additionalProperties: false },
  )
}

export const Conditions: Type.TSchema = group(4)

export function isGroup(item: Condition | Conditions): item is Conditions {
  return 'join' in item
}

/** Every single condition with its path inside the config. */
export function conditionsOf(conditions: Conditions, path = 'conditions'): { condition: Condition; path: string }[] {
  return conditions.items.flatMap((item, index) => {
    const here = `${path}/items/${index}`
    return isGroup(item) ? conditionsOf(item, here) : [{ condition: item, path: here }]
  })
}
