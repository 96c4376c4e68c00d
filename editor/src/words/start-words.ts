import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '#schemas/localized.ts'
import type { Words } from './ko/all.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: Words }
    returnNull: false
  }
}

/** Where the chosen language is kept. */
export const LANGUAGE_KEY = 'i18nextLng'

/** Each language is a chunk of its own, and what the first page does not say another: nobody loads words that she does not read. */
async function loadFirst(language: Language): Promise<object> {
  return language === 'ko' ? (await import('./ko/first.ts')).first : (await import('./en/first.ts')).first
}

/** `rest`: of the editor and what belongs to it. `pages`: of screens that stand by themselves. */
export type LaterWords = 'rest' | 'pages'

const LATER: Readonly<Record<LaterWords, Readonly<Record<Language, () => Promise<object>>>>> = {
  rest: { ko: async () => (await import('./ko/rest.ts')).rest, en: async () => (await import('./en/rest.ts')).rest },
  pages: { ko: async () => (await import('./ko/pages.ts')).pages, en: async () => (await import('./en/pages.ts')).pages },
}

/** A language may be chosen while the words of another one are on their way. */
const wanted = new Set<LaterWords>()

/** Words of screens that are not the first: whoever opens one waits for them together with its code. */
export async function laterWords(part: LaterWords = 'rest'): Promise<void> {
  wanted.add(part)
  const language = currentLanguage()
  // The bundles have no name in common: each adds to the first.
  i18next.addResourceBundle(language, 'translation', await LATER[part][language](), true)
}

/** The chosen language, else the first of the browser's that the product speaks, else English. */
export function preferredLanguage(stored: string | null, browser: readonly string[]): Language {
  for (const wish of [stored ?? '', ...browser]) {
    const base = wish.toLowerCase().split('-')[0]
    if (base === 'ko' || base === 'en') return base
  }
  return 'en'
}

/** The language that is shown now; also what the API is asked to answer in. */
export function currentLanguage(): Language {
  return i18next.language === 'ko' ? 'ko' : 'en'
}

/** Loads the words of the preferred language; must be done before the first drawing. */
export async function startWords(): Promise<void> {
  const language = preferredLanguage(readStored(), navigator.languages)
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    interpolation: { escapeValue: false },
    resources: { [language]: { translation: await loadFirst(language) } },
  })
  document.documentElement.lang = language
}

/** Shows another language at once and remembers it. */
export async function chooseLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await loadFirst(language))
  }
  for (const part of wanted) i18next.addResourceBundle(language, 'translation', await LATER[part][language](), true)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
  try {
    localStorage.setItem(LANGUAGE_KEY, language)
  } catch {
    // Without storage the choice lasts as long as the tab.
  }
}

function readStored(): string | null {
  try {
    return localStorage.getItem(LANGUAGE_KEY)
  } catch {
    return null
  }
}
