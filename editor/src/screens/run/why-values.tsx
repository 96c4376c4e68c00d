import { useTranslation } from 'react-i18next'
import type { MessageDetail } from '#schemas/message.ts'
import { useWorkspaceZone } from '#editor/api/settings.ts'
import { MessageStatePill } from '#editor/parts/state-pill.tsx'
import { formatExact } from '#editor/parts/times.ts'
import { useLanguage } from '#editor/words/use-language.ts'
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
              <dd data-empty={isEmpty(value) || undefined}>{isEmpty(value) ? t('run.why.empty') : <Value value={value} />}</dd>
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

/** A moment as the values carry it: ISO text in UTC. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/

/** A moment is said in the zone of the workspace, as everywhere on these pages; as the row has it, in the tooltip. */
function Value({ value }: { value: unknown }) {
  const language = useLanguage()
  const zone = useWorkspaceZone()
  if (typeof value !== 'string') return JSON.stringify(value)
  if (!INSTANT.test(value)) return value
  return (
    <time dateTime={value} title={value}>
      {formatExact(new Date(value), language, zone)}
    </time>
  )
}
