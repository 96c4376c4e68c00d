import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useListDraft } from './list-draft.ts'
import { RowNoteList } from './row-notes.tsx'
import styles from './wizard.module.css'

const SHOWN = 100

/** A big file on its way in: how far it is, what is wrong by line, and the way to call it off. */
export function BringingCard({ labels }: { labels: readonly string[] }) {
  const { t } = useTranslation()
  const { bringing, stop } = useListDraft()
  if (bringing === null) return null
  const { rows, share, problems, problemCount } = bringing
  const notes = problems.slice(0, SHOWN).map(({ row, column, code, cell }) => ({
    row,
    key: `${row}/${column}`,
    where: column === null ? '' : (labels[column] ?? ''),
    text: t(`startList.problems.${code}`),
    cell,
  }))
  return (
    <section className={styles.card} aria-labelledby="bringing-in">
      <header className={styles.cardHead}>
        <h2 id="bringing-in" aria-live="polite">
          {stop === null ? t('startList.big.done', { count: rows }) : t('startList.big.at', { count: rows })}
        </h2>
        {stop !== null && (
          <Button variant="default" onClick={stop}>
            {t('startList.big.stop')}
          </Button>
        )}
      </header>
      {stop !== null && (
        <progress
          className={styles.progress}
          aria-label={t('startList.big.progress')}
          {...(share !== null && { value: share })}
        />
      )}
      {problemCount > 0 && (
        <>
          <p>{t('startList.big.problems', { count: problemCount })}</p>
          <RowNoteList notes={notes} />
          {problemCount > notes.length && <p>{t('startList.problems.more', { count: problemCount - notes.length })}</p>}
        </>
      )}
    </section>
  )
}
