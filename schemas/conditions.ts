import Type, { type Static } from 'typebox'
import { field } from './form.ts'
import { OPERATORS, type Operator } from './condition-operators.ts'

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
