import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspaceZone } from '#editor/api/settings.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import type { Column } from '#schemas/column.ts'
import { roomForHeads, widthOf } from './column-widths.ts'
import { cellText, type RowSide, type RowView } from './side-by-side.ts'
import type { RowChoice } from './use-pin-choice.ts'
import styles from './dock.module.css'

interface RowTableProps {
  readonly view: RowView
  readonly person: number
  readonly onPerson: (index: number) => void
  /** Are all columns shown, or those the step works with? */
  readonly all: boolean
  readonly onAll: (all: boolean) => void
  /** Rows of a source are being chosen. */
  readonly choice: RowChoice | null
}

/** Columns of both sides in one grid, so that a person stays on one line. */
interface Cell {
  readonly column: Column
  readonly fresh: boolean
  readonly valueOf: (index: number) => unknown
}

function cellsOf(view: RowView): Cell[] {
  const right = view.paired ? view.right : []
  const cells = (side: RowSide, fresh: boolean) =>
    side.columns.map((column) => ({ column, fresh, valueOf: (index: number) => side.rows[index]?.[column.name] }))
  return [
    ...(view.left === null || (!view.paired && view.right.length > 0) ? [] : cells(view.left, false)),
    ...right.flatMap((side) => cells(side, true)),
  ]
}

/** Rows in and rows out. Where people drop out, the sides are tables of their own. */
export function RowTable({ view, person, onPerson, all, onAll, choice }: RowTableProps) {
  const { t } = useTranslation()
  if (view.paired || view.right.length === 0) {
    const cells = cellsOf(view)
    const left = view.left?.columns.length ?? 0
    return (
      <Grid
        cells={cells}
        count={view.left?.rows.length ?? 0}
        person={person}
        onPerson={onPerson}
        choice={null}
        heads={[
          {
            title: t('editor.dock.in'),
            note: <ColumnCount shown={left} total={view.left?.total ?? 0} all={all} onAll={onAll} />,
            span: left,
            fresh: false,
          },
          { title: t('editor.dock.out'), note: t('editor.dock.sameLine'), span: cells.length - left, fresh: true },
        ]}
      />
    )
  }
  const sides = [
    ...(view.left === null ? [] : [{ side: view.left, title: t('editor.dock.in'), fresh: false }]),
    ...view.right.map((side) => ({ side, title: side.title ?? t('editor.dock.outRows'), fresh: true })),
  ]
  return (
    <div className={styles.sides}>
      {sides.map(({ side, title, fresh }) => (
        <Grid
          key={title}
          cells={side.columns.map((column) => ({ column, fresh, valueOf: (index) => side.rows[index]?.[column.name] }))}
          count={side.rows.length}
          person={-1}
          onPerson={onPerson}
          choice={sides.length === 1 ? choice : null}
          heads={[{ title, note: t('editor.dock.rowCount', { count: side.rows.length }), span: side.columns.length, fresh }]}
        />
      ))}
    </div>
  )
}

interface ColumnCountProps {
  readonly shown: number
  readonly total: number
  readonly all: boolean
  readonly onAll: (all: boolean) => void
}

/** How many columns are shown; a click shows all of them, or only those that matter here. */
function ColumnCount({ shown, total, all, onAll }: ColumnCountProps) {
  const { t } = useTranslation()
  if (shown === total && !all) return t('editor.dock.columns', { count: total })
  return (
    <button type="button" className={styles.columnCount} onClick={() => onAll(!all)}>
      {all ? t('editor.dock.fewer', { count: total }) : t('editor.dock.ofColumns', { shown, total })}
    </button>
  )
}

interface GridProps {
  readonly cells: readonly Cell[]
  readonly count: number
  readonly person: number
  readonly onPerson: (index: number) => void
  /** Each row has a box to tick, before its columns. */
  readonly choice: RowChoice | null
  readonly heads: readonly { title: string; note: ReactNode; span: number; fresh: boolean }[]
}

const ROW = 32
/** Width of the column of boxes. */
const BOX = 36
function Grid({ cells, count, person, onPerson, choice, heads }: GridProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  // The table is drawn anew by its own scrolling; nothing above it memoises what the virtualizer returns.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({ count, getScrollElement: () => box.current, estimateSize: () => ROW, overscan: 8 })
  const widths = useMemo(
    () =>
      roomForHeads(
        cells.map((cell) => widthOf(cell, count)),
        heads.map(({ span }) => span),
      ),
    [cells, count, heads],
  )
  const template = { gridTemplateColumns: [...(choice === null ? [] : [BOX]), ...widths].map((width) => `${width}px`).join(' ') }
  if (cells.length === 0) return <p className={styles.quiet}>{t('editor.dock.noColumns')}</p>
  return (
    <div ref={box} className={styles.grid} role="table" tabIndex={0} aria-label={heads.map(({ title }) => title).join(', ')}>
      <div className={styles.gridHead} role="rowgroup">
        <div className={styles.gridTitle} role="row" style={template}>
          {choice !== null && <span role="columnheader" />}
          {heads
            .filter(({ span }) => span > 0)
            .map(({ title, note, span, fresh }) => (
              <span key={title} role="columnheader" aria-colspan={span} style={{ gridColumn: `span ${span}` }} data-fresh={fresh}>
                <b>{title}</b> · {note}
              </span>
            ))}
        </div>
        <div className={styles.gridNames} role="row" style={template}>
          {choice !== null && <span role="columnheader">{t('editor.pin.column')}</span>}
          {cells.map(({ column, fresh }, index) => (
            <span
              key={`${fresh}/${column.name}`}
              role="columnheader"
              data-number={isNumber(column)}
              data-first={fresh && cells[index - 1]?.fresh === false}
            >
              {column.label ?? column.name}
              {column.label !== undefined && column.label !== column.name && <code>{column.name}</code>}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" style={{ position: 'relative', height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            role="row"
            className={styles.gridRow}
            aria-selected={choice === null ? index === person : choice.chosen.has(index)}
            style={{ ...template, transform: `translateY(${start}px)` }}
            onClick={() => (choice === null ? onPerson(index) : choice.toggle(index))}
          >
            {choice !== null && <Choice index={index} {...choice} />}
            {cells.map((cell, place) => (
              <Value
                key={`${cell.fresh}/${cell.column.name}`}
                cell={cell}
                index={index}
                first={cell.fresh && cells[place - 1]?.fresh === false}
                strong={place === 0}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}

function Choice({ index, chosen, toggle }: RowChoice & { index: number }) {
  const { t } = useTranslation()
  return (
    <span role="cell">
      <input
        type="checkbox"
        aria-label={t('editor.pin.row', { row: index + 1 })}
        checked={chosen.has(index)}
        onClick={(event) => event.stopPropagation()}
        onChange={() => toggle(index)}
      />
    </span>
  )
}

const isNumber = (column: Column) => column.type === 'integer' || column.type === 'decimal'

function Value({ cell, index, first, strong }: { cell: Cell; index: number; first: boolean; strong: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const zone = useWorkspaceZone()
  const { text, kind } = cellText(cell.valueOf(index), cell.column, { language, zone })
  const words = kind === 'null' ? t('editor.dock.null') : kind === 'empty' ? t('editor.dock.empty') : text
  return (
    <span
      role="cell"
      data-number={isNumber(cell.column)}
      data-kind={kind}
      data-first={first}
      data-strong={strong}
      data-personal={cell.column.personal === true}
      title={cell.column.personal === true ? t('editor.dock.masked') : words}
    >
      {words}
    </span>
  )
}
