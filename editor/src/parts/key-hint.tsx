import type { ReactNode } from 'react'
import styles from './key-hint.module.css'

/** A key as it stands on the keyboard. */
export function KeyHint({ children }: { children: ReactNode }) {
  return <kbd className={styles.key}>{children}</kbd>
}
