import { useTranslation } from 'react-i18next'
import { formatNumber } from '#editor/parts/numbers.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import styles from './connection-form.module.css'

const known = ['balance', 'point', 'senders', 'from', 'channels'] as const

/** What a provider told about the account (balance, sender numbers); only facts that people have a word for. */
export function ProviderFacts({ facts }: { facts: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const shown = known.flatMap((name) => {
    const value = facts[name]
    const text =
      typeof value === 'number'
        ? formatNumber(value, language)
        : typeof value === 'string'
          ? value
          : Array.isArray(value)
            ? value.filter((one) => typeof one === 'string').join(', ')
            : ''
    return text === '' ? [] : [{ name, text }]
  })
  if (shown.length === 0) return null
  return (
    <dl className={styles.facts}>
      {shown.map(({ name, text }) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{t(`data.test.facts.${name}`)}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
