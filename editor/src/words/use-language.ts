import { useTranslation } from 'react-i18next'
import type { Language } from '#schemas/localized.ts'

/** The language that is shown; the component is drawn again when it changes. Picks from `Localized` texts: `title[useLanguage()]`. */
export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return i18n.language === 'ko' ? 'ko' : 'en'
}
