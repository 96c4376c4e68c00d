import { useLocalStorage } from '@mantine/hooks'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './split-pane.module.css'

interface SplitPaneProps {
  /** Under which name the width is remembered. */
  readonly name: string
  /** The part that takes the rest. */
  readonly children: ReactNode
  /** The part with a width of its own; null leaves the whole room to the rest. */
  readonly side: ReactNode | null
  readonly at?: 'left' | 'right'
  /** Widths of the side in px. */
  readonly initial?: number
  readonly least?: number
  readonly most?: number
}

/** Two parts beside each other; the line between them is dragged, or moved with the arrow keys, and remembered. A double click restores it. */
export function SplitPane({ name, children, side, at = 'right', initial = 408, least = 280, most = 720 }: SplitPaneProps) {
  const { t } = useTranslation()
  const [width, setWidth] = useLocalStorage({
    key: `alimflow.pane.${name}`,
    defaultValue: initial,
    getInitialValueInEffect: false,
  })
  const drag = useRef<{ x: number; width: number } | null>(null)
  const set = (next: number) => setWidth(Math.round(Math.max(least, Math.min(most, next))))
  const sign = at === 'right' ? -1 : 1
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current !== null) set(drag.current.width + sign * (event.clientX - drag.current.x))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    event.preventDefault()
    set(width + sign * (event.key === 'ArrowRight' ? 24 : -24))
  }
  return (
    <div className={styles.pane} data-at={at}>
      <div className={styles.rest}>{children}</div>
      {side !== null && (
        <>
          <div
            role="separator"
            aria-orientation="vertical"
            aria-label={t('parts.pane.resize')}
            aria-valuenow={width}
            aria-valuemin={least}
            aria-valuemax={most}
            tabIndex={0}
            className={styles.line}
            onPointerDown={(event) => {
              drag.current = { x: event.clientX, width }
              event.currentTarget.setPointerCapture(event.pointerId)
            }}
            onPointerMove={onPointerMove}
            onPointerUp={() => (drag.current = null)}
            onPointerCancel={() => (drag.current = null)}
            onDoubleClick={() => set(initial)}
            onKeyDown={onKeyDown}
          />
          <div className={styles.side} style={{ width }}>
            {side}
          </div>
        </>
      )}
    </div>
  )
}
