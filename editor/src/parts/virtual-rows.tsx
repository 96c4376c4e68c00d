import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { isComposing } from './composition-guard.ts'
import styles from './virtual-rows.module.css'

interface VirtualRowsProps<Row> {
  /** What is listed, for screen readers. */
  readonly label: string
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** Height of each row in px. */
  readonly rowHeight: number
  /** CSS `grid-template-columns`, the same for the head and every row. */
  readonly template: string
  readonly head: readonly ReactNode[]
  /** One element a column. */
  readonly cells: (row: Row) => readonly ReactNode[]
  readonly chosen?: string | null
  readonly onChoose?: (row: Row) => void
  /** Called when the last rows come near: fetch the next page. Must bear being called while that goes on. */
  readonly onEnd?: () => void
  /** How many there are in all, where that is more than `rows`. */
  readonly total?: number
}

/**
 * A table of any length: only what is seen is in the page. Rows are chosen by click or by arrows and Enter; Tab goes to one of them and then
 * past the table. Takes the height of its parent.
 */
export function VirtualRows<Row>(props: VirtualRowsProps<Row>) {
  const { label, rows, rowKey, rowHeight, template, head, chosen = null, onEnd, total } = props
  const scroller = useRef<HTMLDivElement>(null)
  // We build without the React Compiler, which alone would stumble over its functions.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const [visited, setVisited] = useState<number | null>(null)
  const reachable = reachableOf(
    items.map(({ index }) => index),
    visited ?? rows.findIndex((row) => rowKey(row) === chosen),
  )
  const last = items.at(-1)?.index ?? -1
  useEffect(() => {
    if (last >= rows.length - 20) onEnd?.()
  }, [last, rows.length, onEnd])
  const move = (place: number) => {
    const to = Math.max(0, Math.min(rows.length - 1, place))
    virtual.scrollToIndex(to)
    // The row may only now come into the page.
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-place="${to}"]`)?.focus())
  }
  return (
    <div ref={scroller} className={styles.scroller} role="table" aria-label={label} aria-rowcount={(total ?? rows.length) + 1}>
      <div className={styles.head} role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        {head.map((title, place) => (
          <span key={place} role="columnheader">
            {title}
          </span>
        ))}
      </div>
      <div className={styles.body} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index]
          if (row === undefined) return null
          return (
            <VirtualRow
              key={rowKey(row)}
              place={item.index}
              style={{ top: item.start, height: item.size, gridTemplateColumns: template }}
              chosen={rowKey(row) === chosen}
              cells={props.cells(row)}
              reachable={item.index === reachable}
              onVisit={() => setVisited(item.index)}
              onMove={move}
              onChoose={props.onChoose === undefined ? undefined : () => props.onChoose?.(row)}
            />
          )
        })}
      </div>
    </div>
  )
}

/** The row that Tab goes to: the wished one where it is in the page, else the first that is. */
function reachableOf(shown: readonly number[], wished: number): number | undefined {
  return shown.includes(wished) ? wished : shown[0]
}

interface VirtualRowProps {
  readonly place: number
  readonly style: { top: number; height: number; gridTemplateColumns: string }
  readonly chosen: boolean
  readonly cells: readonly ReactNode[]
  readonly reachable: boolean
  readonly onVisit: () => void
  readonly onMove: (place: number) => void
  readonly onChoose: (() => void) | undefined
}

function VirtualRow({ place, style, chosen, cells, reachable, onVisit, onMove, onChoose }: VirtualRowProps) {
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: place + 1,
    ArrowUp: place - 1,
    PageDown: place + 10,
    PageUp: place - 10,
    Home: 0,
    End: Infinity,
  }
  return (
    <div
      role="row"
      aria-rowindex={place + 2}
      aria-selected={onChoose === undefined ? undefined : chosen}
      data-place={place}
      data-choosable={onChoose === undefined ? undefined : true}
      className={styles.row}
      style={style}
      tabIndex={onChoose === undefined ? undefined : reachable ? 0 : -1}
      onFocus={onVisit}
      onClick={onChoose}
      onKeyDown={(event) => {
        // Keys of a button or link within the row are its own.
        if (onChoose === undefined || event.target !== event.currentTarget || isComposing(event.nativeEvent)) return
        const to = moves[event.key]
        if (to !== undefined) onMove(to)
        else if (event.key === 'Enter' || event.key === ' ') onChoose()
        else return
        event.preventDefault()
      }}
    >
      {cells.map((cell, column) => (
        <span key={column} role="cell" className={styles.cell}>
          {cell}
        </span>
      ))}
    </div>
  )
}
