import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reason } from '#schemas/message.ts'
import styles from './reason-banner.module.css'

interface BannerProps {
  /** Colours it. */
  readonly state: string
  readonly sign: ReactNode
  readonly title: ReactNode
  /** A person has to do something now: it is read out at once. */
  readonly urgent?: boolean
  readonly reason?: Reason | null | undefined
  readonly children?: ReactNode
  readonly actions?: ReactNode
}

/** A line across the page: what is the matter, why, and what can be done. */
export function Banner({ state, sign, title, urgent = false, reason, children, actions }: BannerProps) {
  const { t } = useTranslation()
  return (
    <div className={styles.banner} data-state={state} role={urgent ? 'alert' : 'status'}>
      <span className={styles.sign} aria-hidden>
        {sign}
      </span>
      <div className={styles.words}>
        <b>{title}</b>
        {reason !== undefined && reason !== null && (
          <p>
            {reason.message}{' '}
            <small>
              {t('run.reason.code')} <code>{reason.code}</code>
            </small>
          </p>
        )}
        {children}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
