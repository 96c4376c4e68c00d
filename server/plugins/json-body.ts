import { InvalidFields, type FieldFault } from '#server/invalid-fields.ts'
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

interface Faults {
  /** Places of texts that PostgreSQL cannot hold. */
  readonly texts: string[]
}

const storable = (text: string): boolean => text.isWellFormed() && !text.includes('\u0000')

/** Walks a whole body. Keys that could reach the prototype of objects when they are copied carelessly are refused at once. */
function walk(value: unknown, place: readonly string[], faults: Faults): void {
  if (typeof value === 'string') {
    if (!storable(value)) faults.texts.push(place.join('/'))
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (place.length >= DEEPEST) throw new AppError('invalid-json', { detail: `> ${DEEPEST} levels` })
  const isObject = !Array.isArray(value)
  for (const [key, inner] of Object.entries(value)) {
    if (isObject && FORBIDDEN.has(key)) throw new AppError('forbidden-key', { key })
    if (isObject && !storable(key)) faults.texts.push(place.join('/'))
    walk(inner, [...place, key], faults)
  }
}

/** @throws AppError `invalid-json` with its place, `forbidden-key` */
function parse(text: string): { value: unknown; brokenTexts: readonly string[] } {
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
  const faults: Faults = { texts: [] }
  walk(value, [], faults)
  return { value, brokenTexts: faults.texts }
}

/** JSON bodies: what is wrong with one is said with its place, and keys that could harm are refused by name. */
export function registerJsonBody(app: App): void {
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, raw, done) => {
    // Some editors of Windows begin a file with a byte order mark.
    const text = (typeof raw === 'string' ? raw : raw.toString('utf8')).replace(/^\uFEFF/, '')
    // A call without a body is fine where the route asks for none.
    if (text.trim() === '') return done(null, undefined)
    try {
      const { value, brokenTexts } = parse(text)
      if (brokenTexts.length === 0) return done(null, value)
      const message = BROKEN_TEXT[languageOf(request)]
      return done(new InvalidFields(brokenTexts.map((path): FieldFault => ({ path, code: 'broken-text', message }))))
    } catch (error) {
      return done(error instanceof Error ? error : new Error('unreadable body', { cause: error }))
    }
  })
}
