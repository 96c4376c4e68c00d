import type { ErrorObject } from 'ajv'
import type { Localized } from '#schemas/localized.ts'
import { choicesAt, type SchemaPart } from './schema-text.ts'

/** One thing that a schema refuses, in words. */
export interface SchemaError {
  /** Slash-separated, without a slash in front; '' is the value itself. */
  readonly path: string
  readonly segments: readonly string[]
  /** `missing`: there is nothing, or nothing but an empty text. */
  readonly kind: 'missing' | 'unknown' | 'wrong'
  readonly text: Localized
}

/** ajv's errors as people read them: one for each thing that is wrong, alternatives (`anyOf`) told as what would fit. */
export function schemaErrors(schema: unknown, errors: readonly ErrorObject[]): SchemaError[] {
  const seen = new Set<string>()
  return nearest(errors)
    .map((error) => explain(schema as SchemaPart, error))
    .filter(({ path, text }) => {
      const key = `${path} ${text.en}`
      return !seen.has(key) && seen.add(key)
    })
}

/**
 * Of the errors inside an `anyOf` those of the branch that nearly fits; of a choice among plain values the `anyOf` itself.
 * An inner `anyOf` is judged first: its path is longer.
 */
function nearest(errors: readonly ErrorObject[]): ErrorObject[] {
  let left = [...errors]
  const choices = errors
    .filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
    .sort((a, b) => b.schemaPath.length - a.schemaPath.length)
  for (const choice of choices) {
    const inside = left.filter(
      ({ schemaPath, instancePath }) =>
        schemaPath.startsWith(`${choice.schemaPath}/`) && instancePath.startsWith(choice.instancePath),
    )
    const branches = Map.groupBy(inside, ({ schemaPath }) => schemaPath.slice(choice.schemaPath.length + 1).split('/')[0] ?? '')
    const fitting = [...branches.values()]
      .filter((branch) => branch.every((error) => !rejects(error, choice)))
      .sort((a, b) => a.length - b.length)
    const [best] = fitting
    left = left.filter((error) => (error === choice ? best === undefined : !inside.includes(error) || best?.includes(error)))
  }
  return left
}

/** Does this error say that the branch was not meant at all? (Another kind of value, another value of the field that tells them apart.) */
function rejects(error: ErrorObject, choice: ErrorObject): boolean {
  if (error.keyword === 'const' || error.keyword === 'enum') return true
  return error.keyword === 'type' && error.instancePath === choice.instancePath
}

function segmentsOf(pointer: string): string[] {
  return pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function explain(schema: SchemaPart, error: ErrorObject): SchemaError {
  const { keyword } = error
  // ajv's parameters depend on the keyword (https://ajv.js.org/api.html#error-parameters); each is read below where it exists.
  const params = error.params as Record<string, unknown>
  const at = segmentsOf(error.instancePath)
  const made = (segments: readonly string[], kind: SchemaError['kind'], text: Localized): SchemaError => ({
    path: segments.join('/'),
    segments,
    kind,
    text,
  })
  if (keyword === 'required') {
    const name = String(params.missingProperty)
    return made([...at, name], 'missing', { en: 'it is missing', ko: '값이 없어요' })
  }
  if (keyword === 'additionalProperties') {
    const name = String(params.additionalProperty)
    return made([...at, name], 'unknown', { en: 'there is no such field; remove it', ko: '그런 칸은 없어요. 지워 주세요' })
  }
  if ((keyword === 'minLength' || keyword === 'minItems') && params.limit === 1)
    return made(at, 'missing', { en: 'it is empty', ko: '비어 있어요' })
  if (keyword === 'enum' || keyword === 'const' || keyword === 'anyOf' || keyword === 'oneOf')
    return made(at, 'wrong', choiceText(schema, at, params))
  return made(at, 'wrong', limitText(keyword, params) ?? { en: error.message ?? 'it is not right', ko: '값이 맞지 않아요' })
}

function choiceText(schema: SchemaPart, at: readonly string[], params: Record<string, unknown>): Localized {
  const known = choicesAt(schema, at)
  const given = Array.isArray(params.allowedValues) ? params.allowedValues : 'allowedValue' in params ? [params.allowedValue] : []
  const choices = known.length > 0 ? known : given.map((value) => ({ en: JSON.stringify(value), ko: JSON.stringify(value) }))
  if (choices.length === 0)
    return { en: 'it has none of the forms that are possible here', ko: '여기에 쓸 수 있는 형식이 아니에요' }
  return {
    en: `choose one of: ${choices.map(({ en }) => en).join(', ')}`,
    ko: `다음 중 하나를 골라 주세요: ${choices.map(({ ko }) => ko).join(', ')}`,
  }
}

/** `end`: how the Korean sentence goes on after the word (이어야, 여야). */
const TYPES: Readonly<Record<string, Localized & { end: string }>> = {
  string: { en: 'a text', ko: '글', end: '이어야' },
  number: { en: 'a number', ko: '숫자', end: '여야' },
  integer: { en: 'a whole number', ko: '정수', end: '여야' },
  boolean: { en: 'yes or no', ko: '예/아니요', end: '여야' },
  object: { en: 'an object', ko: '객체', end: '여야' },
  array: { en: 'a list', ko: '목록', end: '이어야' },
  null: { en: 'nothing', ko: '빈 값', end: '이어야' },
}

function typeText(names: readonly unknown[]): Localized {
  const types = names.map((name) => TYPES[String(name)] ?? { en: String(name), ko: String(name), end: '이어야' })
  return {
    en: `it must be ${types.map(({ en }) => en).join(' or ')}`,
    ko: `${types.map(({ ko }) => ko).join(' 또는 ')}${types.at(-1)?.end ?? '이어야'} 해요`,
  }
}

function limitText(keyword: string, params: Record<string, unknown>): Localized | null {
  const limit = String(params.limit)
  switch (keyword) {
    case 'type':
      return typeText(Array.isArray(params.type) ? params.type : [params.type])
    case 'minLength':
      return { en: `it needs at least ${limit} characters`, ko: `${limit}자 이상이어야 해요` }
    case 'maxLength':
      return { en: `at most ${limit} characters are possible`, ko: `${limit}자까지 쓸 수 있어요` }
    case 'minimum':
    case 'exclusiveMinimum':
      return {
        en: `it must be ${keyword === 'minimum' ? 'at least' : 'more than'} ${limit}`,
        ko: keyword === 'minimum' ? `${limit} 이상이어야 해요` : `${limit}보다 커야 해요`,
      }
    case 'maximum':
    case 'exclusiveMaximum':
      return {
        en: `it must be ${keyword === 'maximum' ? 'at most' : 'less than'} ${limit}`,
        ko: keyword === 'maximum' ? `${limit} 이하여야 해요` : `${limit}보다 작아야 해요`,
      }
    case 'minItems':
      return { en: `at least ${limit} are needed`, ko: `${limit}개 이상 필요해요` }
    case 'maxItems':
      return { en: `at most ${limit} are possible`, ko: `${limit}개까지 쓸 수 있어요` }
    case 'uniqueItems':
      return { en: 'the same is there twice', ko: '같은 것이 두 번 있어요' }
    case 'pattern':
      return { en: 'it does not have the right form', ko: '형식이 맞지 않아요' }
    case 'format':
      return { en: `it is not a valid ${String(params.format)}`, ko: `올바른 ${String(params.format)} 형식이 아니에요` }
    default:
      return null
  }
}
