import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from './session-context.ts'
import styles from './canvas.module.css'

const hints = ['start', 'data', 'send'] as const

/** An empty canvas says how a workflow comes about, and the palette is open already. */
export function FirstHints() {
  const { t } = useTranslation()
  const session = useSession()
  useEffect(() => {
    const { past, future } = session.document.getState().history
    // Whoever emptied it may want to take that back: keys belong to the canvas then.
    if (past.length === 0 && future.length === 0) session.view.getState().openPalette()
  }, [session])
  return (
    <ol className={styles.hints}>
      {hints.map((hint, index) => (
        <li key={hint} className={styles.hint}>
          <b>
            <span className={styles.number}>{index + 1}</span>
            {t(`editor.hints.${hint}.title`)}
          </b>
          {t(`editor.hints.${hint}.text`)}
        </li>
      ))}
    </ol>
  )
}
