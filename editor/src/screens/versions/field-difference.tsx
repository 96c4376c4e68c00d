import { useTranslation } from 'react-i18next'
import type { FieldChange } from '#editor/model/compare.ts'
import type { FieldWords } from './field-words.ts'
import { textDiff } from './text-diff.ts'
import styles from './versions.module.css'

/** Longer ones, and those of several lines, are shown as one text in which the differences are marked. */
const SHORT = 60

/** One field: what it was and what it is. */
export function FieldDifference({ field, words }: { field: FieldChange; words: FieldWords }) {
  const { t } = useTranslation()
  const before = words.value(field.before)
  const after = words.value(field.after)
  const long = [before, after].some((text) => text.length > SHORT || text.includes('\n'))
  const empty = <i className={styles.nothing}>{t('versions.empty')}</i>
  return (
    <div className={styles.field}>
      <span className={styles.name}>{words.title}</span>
      {long ? (
        <LongText before={before} after={after} />
      ) : (
        <span className={styles.values}>
          {before === '' ? empty : <Taken text={before} />}
          <span aria-hidden>→</span>
          {after === '' ? empty : <Put text={after} />}
        </span>
      )}
    </div>
  )
}

function LongText({ before, after }: { before: string; after: string }) {
  return (
    // A long text scrolls inside its own place: it must be reachable by the keyboard.
    <div className={styles.text} tabIndex={0} role="group">
      {textDiff(before, after).map(({ kind, text }, index) => {
        if (kind === 'same') return <span key={index}>{text}</span>
        return kind === 'added' ? <Put key={index} text={text} /> : <Taken key={index} text={text} />
      })}
    </div>
  )
}

/** The words stand there for those who do not see colours and lines. */
function Taken({ text }: { text: string }) {
  const { t } = useTranslation()
  return (
    <del className={styles.taken}>
      <span className={styles.spoken}>{t('versions.removedText')}: </span>
      {text}
    </del>
  )
}

function Put({ text }: { text: string }) {
  const { t } = useTranslation()
  return (
    <ins className={styles.put}>
      <span className={styles.spoken}>{t('versions.addedText')}: </span>
      {text}
    </ins>
  )
}
