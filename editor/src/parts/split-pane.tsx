import { ActionIcon } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isComposing } from './composition-guard.ts'
import styles from './split-pane.module.css'

interface SplitPaneProps {
  /** Under which name width and fold are remembered. */
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
  /** The side can be folded away by the button on the line. Not for a side that opens for something chosen: that one closes. */
  readonly foldable?: boolean
}

/** Two parts beside each other; the line between them is dragged, or moved with the arrow keys, and remembered. A double click restores it. */
export function SplitPane({
  name,
  children,
  side,
  at = 'right',
  initial = 408,
  least = 280,
  most = 720,
  foldable = false,
}: SplitPaneProps) {
  const { t } = useTranslation()
  const key = `alimflow.pane.${name}`
  const [stored, setWidth] = useLocalStorage<unknown>({ key, defaultValue: initial, getInitialValueInEffect: false })
  const [fold, setFold] = useLocalStorage<unknown>({ key: `${key}.fold`, defaultValue: false, getInitialValueInEffect: false })
  const id = useId()
  const drag = useRef<{ x: number; width: number } | null>(null)
  const within = (next: number) => Math.round(Math.max(least, Math.min(most, next)))
  // What was stored may come from an older version, with other bounds.
  const width = within(typeof stored === 'number' && Number.isFinite(stored) ? stored : initial)
  const folded = foldable && fold === true
  const set = (next: number) => setWidth(within(next))
  const sign = at === 'right' ? -1 : 1
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current !== null) set(drag.current.width + sign * (event.clientX - drag.current.x))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent) || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return
    event.preventDefault()
    set(width + sign * (event.key === 'ArrowRight' ? 24 : -24))
  }
  return (
    <div className={styles.pane} data-at={at}>
      <div className={styles.rest}>{children}</div>
      {side !== null && (
        <>
          {foldable && <FoldButton at={at} folded={folded} controls={id} onFold={() => setFold(!folded)} />}
          {!folded && (
            <div
              role="separator"
              aria-orientation="vertical"
              aria-label={t('parts.pane.resize')}
              aria-controls={id}
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
          )}
          <div id={id} className={styles.side} style={{ width }} hidden={folded}>
            {side}
          </div>
        </>
      )}
    </div>
  )
}

interface FoldButtonProps {
  readonly at: 'left' | 'right'
  readonly folded: boolean
  /** Id of the side. */
  readonly controls: string
  readonly onFold: () => void
}

/** Sits on the line, at its middle; points to where the side goes. */
function FoldButton({ at, folded, controls, onFold }: FoldButtonProps) {
  const { t } = useTranslation()
  const Arrow = (at === 'right') === folded ? IconChevronLeft : IconChevronRight
  const label = folded ? t('parts.pane.unfold') : t('parts.pane.fold')
  return (
    <div className={styles.fold} data-folded={folded || undefined}>
      <ActionIcon
        variant="default"
        size={24}
        aria-label={label}
        title={label}
        aria-expanded={!folded}
        aria-controls={controls}
        onClick={onFold}
      >
        <Arrow size={15} aria-hidden />
      </ActionIcon>
    </div>
  )
}
