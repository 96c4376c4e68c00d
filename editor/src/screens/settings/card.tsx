import { type ReactNode, useId } from 'react'
import styles from './settings.module.css'

/** A group of settings with its title and a sentence about it. */
export function Card({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className={styles.card} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        {text !== undefined && <p>{text}</p>}
      </header>
      {children}
    </section>
  )
}
