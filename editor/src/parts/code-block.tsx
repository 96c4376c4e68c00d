import { CopyButton } from './copy-button.tsx'
import styles from './code-block.module.css'

/** A text for a machine, to be copied whole. It can be scrolled with the keyboard. */
export function CodeBlock({ text, label }: { text: string; label: string }) {
  return (
    <div className={styles.block}>
      <pre tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <div className={styles.copy}>
        <CopyButton text={text} />
      </div>
    </div>
  )
}
