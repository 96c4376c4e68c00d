import { useTranslation } from 'react-i18next'
import { MARK_COLORS } from '#schemas/mark-colors.ts'
import type { MarkChange } from '#editor/model/compare.ts'
import { Pill } from '#editor/parts/pill.tsx'
import { plainText, type FieldWords } from './field-words.ts'
import { Fields, tones } from './fields.tsx'
import styles from './versions.module.css'

/** What became of a note or a group: nothing that is sent changes by it. */
export function MarkDifference({ change, nameOf }: { change: MarkChange; nameOf: (nodeId: string) => string }) {
  const { t } = useTranslation()
  const steps = (value: unknown) => (Array.isArray(value) ? value.map((id) => nameOf(String(id))).join(', ') : '')
  const color = (value: unknown) => {
    const known = MARK_COLORS.find((one) => one === value)
    return known === undefined ? '' : t(`marks.colors.${known}`)
  }
  const words = ([name]: readonly string[]): FieldWords => {
    if (name === 'steps') return { title: t('marks.members'), value: steps }
    if (name === 'color') return { title: t('marks.color'), value: color }
    return { title: t(name === 'title' ? 'marks.groupTitle' : 'marks.noteText'), value: plainText }
  }
  return (
    <li className={styles.change}>
      <header className={styles.step}>
        <h3>
          {t(`marks.${change.mark}`)}
          {change.text.trim() !== '' && ` · ${change.text.trim().split('\n')[0]}`}
        </h3>
        <Pill tone={tones[change.kind]}>{t(`versions.kind.${change.kind}`)}</Pill>
      </header>
      {change.fields.length > 0 && <Fields fields={change.fields} words={words} />}
    </li>
  )
}
