import type { FieldError } from '#schemas/error-body.ts'
import type { Language } from '#schemas/localized.ts'

/** What ajv says of one place. */
export interface SchemaFault {
  readonly instancePath: string
  readonly keyword: string
  readonly message?: string
  readonly params: Readonly<Record<string, unknown>>
}

/** Nobody reads more of them at once. */
const MOST = 100

type Words = (params: Readonly<Record<string, unknown>>) => { en: string; ko: string }

const TYPES: Readonly<Record<string, { en: string; ko: string }>> = {
  string: { en: 'a text in quotes', ko: '따옴표로 묶은 글을' },
  integer: { en: 'a whole number', ko: '정수를' },
  number: { en: 'a number', ko: '숫자를' },
  boolean: { en: 'true or false', ko: 'true나 false를' },
  array: { en: 'a list: […]', ko: '목록 […]을' },
  object: { en: 'an object: {…}', ko: '객체 {…}를' },
  null: { en: 'null', ko: 'null을' },
}

const WORDS: Readonly<Record<string, Words>> = {
  required: () => ({ en: 'This field is missing.', ko: '이 칸이 빠졌어요.' }),
  additionalProperties: () => ({ en: 'There is no such field.', ko: '이런 칸은 없어요.' }),
  type: ({ type }) => {
    const wanted = TYPES[String(type)] ?? { en: String(type), ko: String(type) }
    return { en: `This must be ${wanted.en}.`, ko: `여기에는 ${wanted.ko} 넣어 주세요.` }
  },
  minLength: ({ limit }) => ({ en: `At least ${String(limit)} characters.`, ko: `${String(limit)}자 이상이어야 해요.` }),
  maxLength: ({ limit }) => ({ en: `At most ${String(limit)} characters.`, ko: `${String(limit)}자까지 쓸 수 있어요.` }),
  minimum: ({ limit }) => ({ en: `At least ${String(limit)}.`, ko: `${String(limit)} 이상이어야 해요.` }),
  maximum: ({ limit }) => ({ en: `At most ${String(limit)}.`, ko: `${String(limit)} 이하여야 해요.` }),
  maxItems: ({ limit }) => ({ en: `At most ${String(limit)} entries.`, ko: `${String(limit)}개까지 넣을 수 있어요.` }),
  pattern: () => ({ en: 'The form is not right.', ko: '형식이 맞지 않아요.' }),
  enum: ({ allowedValues }) => ({
    en: `One of: ${Array.isArray(allowedValues) ? allowedValues.join(', ') : ''}`,
    ko: `이 중 하나여야 해요: ${Array.isArray(allowedValues) ? allowedValues.join(', ') : ''}`,
  }),
  const: ({ allowedValue }) => ({ en: `This must be ${String(allowedValue)}.`, ko: `${String(allowedValue)}이어야 해요.` }),
}

/** `/nodes/2/config` and the field that is missing or too much, as `nodes/2/config/sql`. */
function pathOf({ instancePath, keyword, params }: SchemaFault): string {
  const extra =
    keyword === 'required' ? params.missingProperty : keyword === 'additionalProperties' ? params.additionalProperty : undefined
  return `${instancePath}${typeof extra === 'string' ? `/${extra}` : ''}`.replace(/^\//, '')
}

/** ajv's list as ours, in plain words. Errors of the branches of a choice are left out beside the choice's own. */
export function fieldErrors(faults: readonly SchemaFault[], language: Language): FieldError[] {
  return faults
    .slice(0, MOST)
    .filter(({ keyword }) => keyword !== 'anyOf' || faults.length === 1)
    .map((fault) => ({
      path: pathOf(fault),
      code: fault.keyword,
      message: WORDS[fault.keyword]?.(fault.params)[language] ?? fault.message ?? fault.keyword,
    }))
}
