import Type, { type Static } from 'typebox'
import { field } from '#schemas/form.ts'
import type { Localized } from '#schemas/localized.ts'
import type { EventSpec, NodeProblem, PayloadColumn, Row } from '#runtime/sdk/index.ts'

/** Kinds of values that people declare by hand. */
export const TYPES = {
  text: { en: 'Text', ko: '글자' },
  integer: { en: 'Whole number', ko: '정수' },
  decimal: { en: 'Number', ko: '숫자' },
  boolean: { en: 'Yes or no', ko: '예·아니요' },
  date: { en: 'Date', ko: '날짜' },
  datetime: { en: 'Date and time without a zone', ko: '날짜와 시각(시간대 없음)' },
  instant: { en: 'Moment (with a time zone)', ko: '시점(시간대 있음)' },
  json: { en: 'Anything (JSON)', ko: '그대로(JSON)' },
} as const satisfies Record<string, Localized>
export type PayloadType = keyof typeof TYPES

const PayloadField = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 100,
      ...field({ title: { en: 'Name', ko: '이름' }, help: { en: 'The column it becomes', ko: '이 이름의 열이 돼요' } }),
    }),
    // The keys of the table above.
    type: Type.Enum(Object.keys(TYPES) as PayloadType[], { ...field({ title: { en: 'Kind', ko: '종류' }, options: TYPES }) }),
    required: Type.Boolean({
      ...field({
        title: { en: 'Must be there', ko: '꼭 있어야 해요' },
        help: { en: 'Without it the event is refused', ko: '없으면 받지 않아요' },
      }),
    }),
    example: Type.Optional(
      Type.String({
        maxLength: 1000,
        ...field({ title: { en: 'Example', ko: '예시' }, help: { en: 'Shown in the preview', ko: '미리 보기에 나와요' } }),
      }),
    ),
    path: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 300,
        pattern: '^[^.]+(\\.[^.]+)*$',
        ...field(
          {
            title: { en: 'Where it stands', ko: '들어 있는 자리' },
            help: { en: 'Such as customer.phone; empty: under its name', ko: '예: customer.phone. 비우면 이름 그대로예요' },
          },
          { advanced: true },
        ),
      }),
    ),
  },
  { additionalProperties: false },
)
export type PayloadField = Static<typeof PayloadField>

/** The form's list of what an event carries. */
export const payloadFields = () =>
  Type.Array(PayloadField, {
    minItems: 1,
    maxItems: 100,
    ...field({
      title: { en: 'What comes with it', ko: '함께 오는 값' },
      help: { en: 'Each value becomes a column', ko: '값마다 열이 하나씩 생겨요' },
    }),
  })

/** Columns that every event has besides its own. */
const OWN: readonly { readonly name: string; readonly label: string }[] = [
  { name: 'occurred_at', label: '일어난 시각' },
  { name: 'received_at', label: '받은 시각' },
]

/** What the node tells the engine of its events. */
export function eventSpec(name: string | null, fields: readonly PayloadField[]): EventSpec {
  return {
    name,
    columns: fields.map((one): PayloadColumn => ({
      name: one.name,
      type: one.type,
      required: one.required,
      path: one.path ?? one.name,
    })),
  }
}

/** The columns of the rows that come out, and what is wrong with their names. */
export function eventColumns(fields: readonly PayloadField[]) {
  const problems: NodeProblem[] = []
  const seen = new Set<string>()
  for (const [index, { name }] of fields.entries()) {
    const path = `columns/${index}/name`
    if (OWN.some((own) => own.name === name)) problems.push({ code: 'reserved-column', fields: { column: name }, field: path })
    else if (seen.has(name)) problems.push({ code: 'duplicate-column', fields: { column: name }, field: path })
    seen.add(name)
  }
  const columns = [
    ...fields.map(({ name, type, required }) => ({ name, type, nullable: !required })),
    ...OWN.map(({ name, label }) => ({ name, type: 'instant' as const, nullable: false, label })),
  ]
  return { out: problems.length > 0 ? {} : { start: columns }, problems }
}

/** A made-up event of the examples: what a preview shows. */
export function exampleRow(fields: readonly PayloadField[], now: string): Row {
  return {
    ...Object.fromEntries(fields.map((one) => [one.name, exampleOf(one)])),
    occurred_at: now,
    received_at: now,
  }
}

const STANDS_FOR: Readonly<Record<PayloadType, string>> = {
  text: '예시',
  integer: '1',
  decimal: '1.5',
  boolean: 'true',
  date: '2026-01-31',
  datetime: '2026-01-31T09:00:00',
  instant: '2026-01-31T00:00:00Z',
  json: '{}',
}

/** The example of one declared value, or what stands for it. */
export function exampleOf({ type, example }: Pick<PayloadField, 'type' | 'example'>): Row[string] {
  const text = example?.trim() ? example : STANDS_FOR[type]
  if (type === 'boolean') return text.trim() === 'true'
  if (type === 'integer' || type === 'decimal') return Number.isFinite(Number(text)) ? Number(text) : null
  if (type !== 'json') return text
  try {
    return JSON.parse(text) as Row[string]
  } catch {
    return text
  }
}
