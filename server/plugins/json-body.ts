import { InvalidFields, type FieldFault } from '#server/invalid-fields.ts'
import type { Language } from '#schemas/localized.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { App } from '#server/http.ts'
import { languageOf } from './language.ts'
import { positionAt, syntaxFaultAt } from './json-position.ts'

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])
/** No document of ours nests this deep; what reads it further on may count on it. */
const DEEPEST = 100

const BROKEN_TEXT = {
  en: 'This text holds a character that cannot be stored (NUL, or half of an emoji). Delete it and type it anew.',
  ko: '저장할 수 없는 글자(NUL 또는 반쪽짜리 이모지)가 들어 있어요. 지우고 다시 입력해 주세요.',
}

const HUGE_NUMBER = {
  en: 'This number is larger than any that can be stored. Write a smaller one, or put its digits in quotes.',
  ko: '저장할 수 있는 것보다 큰 수예요. 더 작은 수로 고치거나 따옴표로 묶은 글로 써 주세요.',
}

const NOT_UTF8 = { en: 'It is not encoded in UTF-8. Save it as UTF-8.', ko: 'UTF-8이 아니에요. UTF-8로 저장해서 보내 주세요.' }

interface Faults {
  /** Places of texts that PostgreSQL cannot hold. */
  readonly texts: string[]
  /** Places of numbers like 1e400: JavaScript reads them as Infinity, which JSON cannot write and would be stored as null. */
  readonly numbers: string[]
}

const storable = (text: string): boolean => text.isWellFormed() && !text.includes('\u0000')

/** One chain of keys, from the innermost out: a place is written out only where there is a fault. */
interface Place {
  readonly key: string
  readonly outer: Place | null
  readonly depth: number
}

function written(place: Place | null): string {
  const keys: string[] = []
  for (let at = place; at !== null; at = at.outer) keys.unshift(at.key)
  return keys.join('/')
}

/** Is this a value without an inside, and storable as it is? Most are; they need no place. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return storable(value)
  if (typeof value === 'number') return Number.isFinite(value)
  return typeof value !== 'object' || value === null
}

/** Walks a whole body. Keys that could reach the prototype of objects when they are copied carelessly are refused at once. */
function walk(value: unknown, place: Place | null, faults: Faults): void {
  if (isPlain(value)) return
  if (typeof value === 'string') faults.texts.push(written(place))
  else if (typeof value === 'number') faults.numbers.push(written(place))
  if (typeof value !== 'object' || value === null) return
  const depth = place?.depth ?? 0
  if (depth >= DEEPEST) throw new AppError('invalid-json', { detail: `> ${DEEPEST} levels` })
  if (Array.isArray(value)) {
    for (const [index, inner] of value.entries())
      if (!isPlain(inner)) walk(inner, { key: String(index), outer: place, depth: depth + 1 }, faults)
    return
  }
  for (const [key, inner] of Object.entries(value)) {
    if (FORBIDDEN.has(key)) throw new AppError('forbidden-key', { key })
    if (!storable(key)) faults.texts.push(written(place))
    if (!isPlain(inner)) walk(inner, { key, outer: place, depth: depth + 1 }, faults)
  }
}

/** @throws AppError `invalid-json` with its place, `forbidden-key` */
function parse(text: string): { value: unknown; faults: Faults } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    const at = syntaxFaultAt(text, message)
    const position = at === null ? null : positionAt(text, at)
    // V8 tells the place in words of its own and repeats the text; line and column are enough.
    const what = message.replace(/,? ?(\.{3})?".*" is not valid JSON$/s, '').replace(/(?: in JSON)? at position .*$/s, '')
    const detail = position ? `(${position.line}:${position.column}) ${what}` : what
    throw new AppError('invalid-json', { detail }, position ? { position, cause: error } : { cause: error })
  }
  const faults: Faults = { texts: [], numbers: [] }
  walk(value, null, faults)
  return { value, faults }
}

/** What is wrong with the values of a body, each at its place, in the language of the caller. */
function fieldFaults({ texts, numbers }: Faults, language: Language): readonly FieldFault[] {
  return [
    ...texts.map((path) => ({ path, code: 'broken-text', message: BROKEN_TEXT[language] })),
    ...numbers.map((path) => ({ path, code: 'huge-number', message: HUGE_NUMBER[language] })),
  ]
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Some editors of Windows begin a file with a byte order mark; the decoder takes it away. @throws AppError `invalid-json` */
function decode(bytes: Buffer, language: Language): string {
  try {
    return utf8.decode(bytes)
  } catch (error) {
    // Read generously, every broken character would be stored as � without anybody being told.
    throw new AppError('invalid-json', { detail: NOT_UTF8[language] }, { cause: error })
  }
}

/**
 * A body that is JSON, read with all of these checks. An empty one is undefined.
 * @throws AppError `invalid-json`, `forbidden-key`, `invalid-fields`
 */
export function parseJson(bytes: Buffer, language: Language): unknown {
  const text = decode(bytes, language)
  if (!/\S/.test(text)) return undefined
  const { value, faults } = parse(text)
  if (faults.texts.length > 0 || faults.numbers.length > 0) throw new InvalidFields([...fieldFaults(faults, language)])
  return value
}

/** JSON bodies: what is wrong with one is said with its place, and keys that could harm are refused by name. */
export function registerJsonBody(app: App): void {
  app.removeContentTypeParser('application/json')
  // Plain text is no JSON, though Fastify would hand it on as a body.
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, raw, done) => {
    try {
      // A call without a body is fine where the route asks for none.
      return done(null, parseJson(typeof raw === 'string' ? Buffer.from(raw) : raw, languageOf(request)))
    } catch (error) {
      return done(error instanceof Error ? error : new Error('unreadable body', { cause: error }))
    }
  })
}
