import type { ReactNode } from 'react'
import styles from './pill.module.css'

/** What a pill's colour means; the words inside always say it too. */
export type Tone = 'plain' | 'accent' | 'ok' | 'warn' | 'bad'

interface PillProps {
  readonly tone?: Tone
  readonly icon?: ReactNode
  readonly title?: string | undefined
  readonly children: ReactNode
}

/** A short fact in a tinted capsule. */
export function Pill({ tone = 'plain', icon, title, children }: PillProps) {
  return (
    <span className={styles.pill} data-tone={tone} title={title}>
      {icon}
      {children}
    </span>
  )
}
