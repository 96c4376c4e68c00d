import { useTranslation } from 'react-i18next'
import styles from './editor-screen.module.css'

interface GripProps {
  /** row: changes a height, dragged up and down; column: a width. */
  readonly way: 'row' | 'column'
  /** Pixels. */
  readonly size: number
  readonly min: number
  readonly max: number
  readonly label: string
  readonly onSize: (size: number) => void
}

/** The edge that is dragged to resize; arrow keys do the same. */
export function Grip({ way, size, min, max, label, onSize }: GripProps) {
  const { t } = useTranslation()
  const within = (wanted: number) => onSize(Math.max(min, Math.min(max, Math.round(wanted))))
  const onPointerDown = (event: React.PointerEvent<HTMLButtonElement>) => {
    const grip = event.currentTarget
    const start = way === 'row' ? event.clientY : event.clientX
    grip.setPointerCapture(event.pointerId)
    const move = (to: PointerEvent) => within(size + start - (way === 'row' ? to.clientY : to.clientX))
    const end = () => {
      grip.removeEventListener('pointermove', move)
      grip.removeEventListener('pointerup', end)
      grip.removeEventListener('pointercancel', end)
    }
    grip.addEventListener('pointermove', move)
    grip.addEventListener('pointerup', end)
    grip.addEventListener('pointercancel', end)
  }
  return (
    <button
      type="button"
      role="separator"
      aria-orientation={way === 'row' ? 'horizontal' : 'vertical'}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-label={label}
      title={t('editor.resize')}
      className={styles.grip}
      data-way={way}
      onPointerDown={onPointerDown}
      onKeyDown={(event) => {
        const more = event.key === 'ArrowUp' || event.key === 'ArrowLeft'
        if (more || event.key === 'ArrowDown' || event.key === 'ArrowRight') within(size + (more ? 24 : -24))
      }}
    />
  )
}
