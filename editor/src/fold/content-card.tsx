import { useTranslation } from 'react-i18next'
import { useChecks, useDocument } from '#editor/canvas/session-context.ts'
import { textOf } from '#editor/model/fold.ts'
import { holeState, mappingsBefore } from '#editor/model/mapping-of.ts'
import { piecesOf } from '#editor/model/template-text.ts'
import type { Column } from '#schemas/column.ts'
import styles from './fold-card.module.css'

const none: Readonly<Record<string, readonly Column[]>> = {}

/** The text as it was written, its variables marked: blue where a value comes, red where none does. */
export function Content({ channelId }: { channelId: string }) {
  const { t } = useTranslation()
  const document = useDocument((state) => state.document)
  const problems = useChecks((state) => state.problems)
  const own = textOf(document, channelId)
  const into = useChecks((state) => state.columns[own?.nodeId ?? '']?.in ?? none)
  if (own === null || own.text.trim() === '') return <p className={styles.quiet}>{t('fold.content.none')}</p>
  const arriving = new Set(
    Object.values(into)
      .flat()
      .filter(({ variable }) => variable === true)
      .map(({ name }) => name.normalize('NFC')),
  )
  const mappings = mappingsBefore(document, own.nodeId)
  const pieces = piecesOf(own.text)
  const names = new Set(pieces.flatMap((piece) => (piece.kind === 'variable' ? [piece.name] : [])))
  const unfilled = [...names].filter((name) => holeState(name, { mappings, problems, arriving }) !== 'filled')
  return (
    <>
      <p className={styles.lead}>
        <b>{names.size > 0 ? t('fold.content.differs') : t('fold.content.same')}</b>
        <span>
          {unfilled.length > 0
            ? t('fold.content.unfilled', { names: unfilled.join(', ') })
            : names.size > 0
              ? t('fold.content.filled', { count: names.size })
              : t('fold.content.noVariables')}
        </span>
      </p>
      <p className={styles.text}>
        {pieces.map((piece, place) =>
          piece.kind === 'text' ? (
            <span key={place}>{piece.text}</span>
          ) : (
            <mark key={place} data-hole={unfilled.includes(piece.name) || undefined}>
              {piece.name}
            </mark>
          ),
        )}
      </p>
      {own.buttons.map((name, place) => (
        <p key={place} className={styles.button}>
          {name}
        </p>
      ))}
    </>
  )
}
