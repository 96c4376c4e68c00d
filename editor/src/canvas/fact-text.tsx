import { useTranslation } from 'react-i18next'
import type { Fact } from '#editor/model/facts.ts'

const strong = new Set<Fact['word']>(['rows', 'people', 'messages'])

/** A figure with its word; counts of people and rows stand out. */
export function FactText({ fact }: { fact: Fact }) {
  const { t } = useTranslation()
  const text = t(`editor.facts.${fact.word}`, { count: fact.count })
  return strong.has(fact.word) ? <b>{text}</b> : <>{text}</>
}
