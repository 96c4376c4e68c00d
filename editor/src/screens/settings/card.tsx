import { type ReactNode, useId } from 'react'
import styles from './settings.module.css'

interface CardProps {
  readonly title: string
  readonly text?: string
  /** What a link to it names after `#`. */
  readonly anchor?: string
  readonly children: ReactNode
}

/** A group of settings with its title and a sentence about it. */
export function Card({ title, text, anchor, children }: CardProps) {
  const id = useId()
  return (
    <section id={anchor} className={styles.card} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        {text !== undefined && <p>{text}</p>}
      </header>
      {children}
    </section>
  )
}
