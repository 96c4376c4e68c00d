import type { ReactNode } from 'react'
import styles from './empty-state.module.css'

interface EmptyStateProps {
  readonly title: string
  readonly text?: string | undefined
  readonly icon?: ReactNode
  readonly action?: ReactNode
  readonly tone?: 'plain' | 'bad'
  /** `h1` where it is the whole screen. */
  readonly heading?: 'h1' | 'h2' | 'h3'
  readonly children?: ReactNode
}

/** Nothing is there: says why, and offers the next step. */
export function EmptyState({ title, text, icon, action, tone = 'plain', heading = 'h2', children }: EmptyStateProps) {
  const Heading = heading
  return (
    <div className={styles.empty} data-tone={tone}>
      {icon !== undefined && <div className={styles.icon}>{icon}</div>}
      <Heading className={styles.title}>{title}</Heading>
      {text !== undefined && <p className={styles.text}>{text}</p>}
      {children !== undefined && <div className={styles.more}>{children}</div>}
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  )
}
