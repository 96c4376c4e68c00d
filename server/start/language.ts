import type { Localized } from '#schemas/localized.ts'

/** The terminal's language: Korean where the environment says so, else English. */
export function terminalLanguage(env: Readonly<Record<string, string | undefined>> = process.env): keyof Localized {
  return /^ko/i.test(env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ? 'ko' : 'en'
}
