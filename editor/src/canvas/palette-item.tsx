import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '#editor/parts/key-hint.tsx'
import { Marked } from '#editor/parts/marked.tsx'
import { Tile } from '#editor/parts/tile.tsx'
import type { Candidate } from '#editor/model/ranking.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { useSession } from './session-context.ts'
import { DRAG_FORMAT } from './use-dropping.ts'
import pick from '#editor/parts/pick-list.module.css'
import styles from './palette.module.css'

interface PaletteItemProps {
  readonly id: string
  readonly candidate: Candidate
  readonly marked: boolean
  readonly best: boolean
  readonly onMark: () => void
  readonly onChoose: () => void
}

/** One step type: a click adds it, and it can be dragged onto the canvas or a line. */
export function PaletteItem({ id, candidate, marked, best, onMark, onChoose }: PaletteItemProps) {
  const { type, fits } = candidate
  const { t } = useTranslation()
  const session = useSession()
  const language = useLanguage()
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (marked) row.current?.scrollIntoView({ block: 'nearest' })
  }, [marked])
  const drag = (event: React.DragEvent) => {
    event.dataTransfer.setData(DRAG_FORMAT, type.type)
    event.dataTransfer.effectAllowed = 'copy'
    // The palette makes way only after the browser has taken its picture of the row.
    requestAnimationFrame(() => session.view.getState().set({ dragging: type.type }))
  }
  return (
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={marked}
      aria-disabled={!fits}
      className={`${pick.line} ${styles.item}`}
      data-marked={marked}
      data-fits={fits}
      data-type={type.type}
      draggable={true}
      onDragStart={drag}
      onDragEnd={() => session.view.getState().closePalette()}
      onPointerMove={marked ? undefined : onMark}
      onClick={onChoose}
    >
      <Tile role={type.role} icon={type.icon} size={34} />
      <span className={`${pick.words} ${styles.itemWords}`}>
        <span className={`${pick.title} ${styles.itemTitle}`}>
          <Marked text={type.title[language]} match={candidate.match} />
          {best && <em>{t('editor.palette.best')}</em>}
          {!fits && <i>{t('editor.palette.doesNotFit')}</i>}
        </span>
        {type.help !== undefined && <span className={pick.detail}>{type.help[language]}</span>}
      </span>
      {marked && fits && <KeyHint>Enter</KeyHint>}
    </div>
  )
}
