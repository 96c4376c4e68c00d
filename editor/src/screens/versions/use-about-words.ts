import { useTranslation } from 'react-i18next'
import { useLanguage } from '#editor/words/use-language.ts'
import { plainText, type FieldWords } from './field-words.ts'

const GUARDS = ['maxRecipients', 'jump', 'missingValues', 'cost', 'empty'] as const
const OWN = ['name', 'description'] as const

/** The words of what belongs to the whole workflow: its name, and its settings as their own form calls them. */
export function useAboutWords(): (path: readonly string[]) => FieldWords {
  const { t } = useTranslation()
  const number = new Intl.NumberFormat(useLanguage())
  const figure = (value: unknown) => (typeof value === 'number' ? number.format(value) : plainText(value))
  return (path) => {
    const own = OWN.find((name) => name === path[0])
    if (own) return { title: t(`versions.field.${own}`), value: plainText }
    const guard = path[1] === 'guards' ? GUARDS.find((name) => name === path[2]) : undefined
    // Null switches a guard off.
    if (guard) return { title: t(`guards.${guard}.label`), value: (value) => (value === null ? t('guards.off') : figure(value)) }
    return { title: path[1] === 'timezone' ? t('versions.field.timezone') : t('versions.field.other'), value: plainText }
  }
}
