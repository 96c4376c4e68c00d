import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './screen.module.css'

interface ScreenProps {
  readonly title: string
  /** Short facts right of the title: a date, a state. */
  readonly aside?: ReactNode
  /** What leads here, left of the title: links with slashes. */
  readonly crumbs?: ReactNode
  /** Secondary actions, then the one primary action. */
  readonly actions?: ReactNode
  /** `page`: a column with air around it. `full`: a fixed title line with a border; the content takes the whole rest and scrolls by itself. */
  readonly layout?: 'page' | 'full'
  readonly children: ReactNode
}

/** One title line, one primary action, and the content. Names the browser's tab as well. */
export function Screen({ title, aside, crumbs, actions, layout = 'page', children }: ScreenProps) {
  const { t } = useTranslation()
  useDocumentTitle(`${title} · ${t('frame.name')}`)
  return (
    <div className={layout === 'page' ? styles.screen : styles.full}>
      <header className={styles.head}>
        <div className={styles.where}>
          {crumbs !== undefined && <span className={styles.crumbs}>{crumbs}</span>}
          <h1 className={styles.title}>{title}</h1>
          {aside !== undefined && <span className={styles.aside}>{aside}</span>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {layout === 'page' ? children : <div className={styles.rest}>{children}</div>}
    </div>
  )
}

/** Sets the title of the browser's tab while the component is shown. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = title
  }, [title])
}
