import { errorText } from '#schemas/errors.ts'
import type { Language, Localized } from '#schemas/localized.ts'
import type { AppError } from '#runtime/sdk/index.ts'

/** Words that stand in the fields of a text, in both languages. */
const NOUNS: Readonly<Record<string, Localized>> = {
  workflow: { en: 'workflow', ko: '워크플로' },
  version: { en: 'version', ko: '버전' },
  run: { en: 'run', ko: '실행' },
  message: { en: 'message', ko: '메시지' },
  connection: { en: 'connection', ko: '연결' },
  schema: { en: 'schema', ko: '스키마' },
  step: { en: 'step', ko: '단계' },
  'connection kind': { en: 'kind of connection', ko: '연결 종류' },
  database: { en: 'The database', ko: '데이터베이스' },
}

/** The text of an error in one language; the things it names are named in that language too. */
export function textOf({ code, fields }: AppError, language: Language): string {
  const nouns = Object.entries(fields).flatMap(([name, value]) => {
    const noun = (name === 'what' || name === 'part') && Object.hasOwn(NOUNS, String(value)) ? NOUNS[String(value)] : undefined
    return noun ? [[name, noun[language]]] : []
  })
  return errorText(code, { ...fields, ...Object.fromEntries(nouns) })[language].trim()
}
