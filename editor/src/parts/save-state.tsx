import { IconAlertCircle, IconCloudCheck, IconCloudOff, IconCloudUp } from '@tabler/icons-react'
import styles from './save-state.module.css'

const signs = { saved: IconCloudCheck, saving: IconCloudUp, offline: IconCloudOff, failed: IconAlertCircle } as const

interface SaveStateLabelProps {
  readonly state: keyof typeof signs
  readonly text: string
}

/** What became of the last change, said politely to screen readers too. */
export function SaveStateLabel({ state, text }: SaveStateLabelProps) {
  const Sign = signs[state]
  return (
    <span className={styles.state} data-state={state} role="status" title={text}>
      <Sign size={16} stroke={1.7} aria-hidden />
      <span className={styles.text}>{text}</span>
    </span>
  )
}
