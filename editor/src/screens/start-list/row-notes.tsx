import { useTranslation } from 'react-i18next'
import type { ReadList } from '#editor/lists/read-list.ts'
import styles from './row-notes.module.css'

const SHOWN = 100

/** What is wrong, by the row of the sheet: the cell, and why. */
export function RowNotes({ list }: { list: ReadList }) {
  const { t } = useTranslation()
  const { problems, repeated, columns } = list
  if (problems.length + repeated.length === 0) return null
  const notes = [
    ...problems.map(({ row, column, code, cell }) => {
      const text = t(`startList.problems.${code}`)
      return { row, key: `${row}/${column}`, where: columns[column]?.label ?? '', text, cell }
    }),
    ...repeated.map(({ row, first }) => {
      const text = t('startList.problems.repeated', { first })
      return { row, key: `${row}/repeated`, where: '', text, cell: '' }
    }),
  ].toSorted((a, b) => a.row - b.row)
  return (
    <section className={styles.card} aria-labelledby="row-notes">
      <h2 id="row-notes">{t('startList.problems.title')}</h2>
      <p>{t('startList.problems.text')}</p>
      <RowNoteList notes={notes.slice(0, SHOWN)} />
      {notes.length > SHOWN && <p>{t('startList.problems.more', { count: notes.length - SHOWN })}</p>}
    </section>
  )
}

interface RowNote {
  readonly row: number
  readonly key: string
  /** Header of the column; empty: it is about the row. */
  readonly where: string
  readonly text: string
  readonly cell: string
}

/** Notes by row. */
export function RowNoteList({ notes }: { notes: readonly RowNote[] }) {
  const { t } = useTranslation()
  return (
    <ul className={styles.list}>
      {notes.map(({ row, key, where, text, cell }) => (
        <li key={key}>
          <b>{t('startList.problems.line', { row })}</b>
          <span>
            {text}
            {(where !== '' || cell !== '') && (
              <small>
                {where}
                {cell !== '' && (
                  <>
                    {' · '}
                    <code>{cell}</code>
                  </>
                )}
              </small>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
