import { useTranslation } from 'react-i18next'
import type { MessageDetail } from '#schemas/message.ts'
import { MessageStatePill } from '#editor/parts/state-pill.tsx'
import { Clock } from './person-cells.tsx'
import styles from './why-values.module.css'

/** The row and the answers of its queries, as they were frozen. */
export function WhyValues({ message }: { message: Pick<MessageDetail, 'values'> }) {
  const { t } = useTranslation()
  const values = Object.entries(message.values)
  return (
    <section>
      <details className={styles.fold}>
        <summary>
          {t('run.why.values')} <small>{values.length}</small>
        </summary>
        {values.length === 0 && <p>{t('run.why.noValues')}</p>}
        <dl className={styles.values}>
          {values.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd data-empty={isEmpty(value) || undefined}>{isEmpty(value) ? t('run.why.empty') : textOf(value)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  )
}

/** The person whose word it was; without accounts it is whoever sits at the machine. */
export function DecidedBy({ who }: { who: string }) {
  const { t } = useTranslation()
  return <>{t('control.unconfirmed.by', { who: who === 'local' ? t('control.unconfirmed.you') : who })}</>
}

/** Each move from state to state with its time. */
export function WhyHistory({ message }: { message: Pick<MessageDetail, 'history'> }) {
  const { t } = useTranslation()
  if (message.history.length === 0) return null
  return (
    <section>
      <details className={styles.fold}>
        <summary>
          {t('run.why.history')} <small>{message.history.length}</small>
        </summary>
        <ol className={styles.history}>
          {message.history.map(({ state, at, by }) => (
            <li key={`${state} ${at}`}>
              <span>
                <MessageStatePill state={state} />
                {by !== undefined && (
                  <small>
                    <DecidedBy who={by} />
                  </small>
                )}
              </span>
              <Clock at={at} />
            </li>
          ))}
        </ol>
      </details>
    </section>
  )
}

const isEmpty = (value: unknown) => value === null || value === undefined || value === ''

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
