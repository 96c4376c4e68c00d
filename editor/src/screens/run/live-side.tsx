import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MessageItem } from '#schemas/message.ts'
import type { Run } from '#schemas/run.ts'
import { MaskedNumber } from '#editor/parts/masked-number.tsx'
import { formatNumber } from '#editor/parts/numbers.ts'
import { MessageStatePill } from '#editor/parts/state-pill.tsx'
import { messageColors } from '#editor/parts/state-tones.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { isSent } from './run-facts.ts'
import type { RunPlace } from './run-search.ts'
import { useChannelName } from './use-channel-name.ts'
import { Until } from './waiting-banner.tsx'
import { useReasonName } from '#editor/parts/use-reason-name.ts'
import styles from './live-side.module.css'

const WAITING = ['errored', 'sent', 'unconfirmed'] as const
/** States of messages that went out. */
const GONE = ['sent', 'delivered', 'converted', 'failed', 'unconfirmed'] as const

interface LiveSideProps {
  readonly run: Run
  readonly recent: readonly MessageItem[]
  readonly place: RunPlace
}

/** Beside the picture: how fast and why not faster, who waits for what, who was sent to last. */
export function LiveSide({ run, recent, place }: LiveSideProps) {
  return (
    <div className={styles.side}>
      <Speed run={run} />
      <Waiting run={run} place={place} />
      <LeftOut run={run} />
      <Recent recent={recent} place={place} />
    </div>
  )
}

function Speed({ run }: { run: Run }) {
  const { t } = useTranslation()
  const rate = run.rate ?? 0
  return (
    <section>
      <h2>
        {t('run.speed.title')} {rate > 0 && <small>{t(isSent(run.state) ? 'run.speed.average' : 'run.speed.recent')}</small>}
      </h2>
      <p className={styles.big}>
        {rate > 0
          ? t('run.speed.value', { rate: Math.round(rate) || 1 })
          : t(isSent(run.state) ? 'run.speed.ended' : hasSent(run) ? 'run.speed.still' : 'run.speed.none')}
      </p>
      {run.cause !== null && (
        <>
          <p>
            {t('run.speed.cause')} <b>{run.cause.message}</b>
          </p>
          <Until at={run.cause.until} />
        </>
      )}
    </section>
  )
}

/** Has anything gone out already? */
const hasSent = ({ outcomes }: Run): boolean => GONE.some((state) => (outcomes[state] ?? 0) > 0)

function Waiting({ run, place }: { run: Run; place: RunPlace }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const waiting = WAITING.filter((state) => (run.outcomes[state] ?? 0) > 0)
  if (waiting.length === 0) return null
  return (
    <section>
      <h2>{t('run.waitingPeople.title')}</h2>
      <ul className={styles.waiting}>
        {waiting.map((state) => (
          <li key={state}>
            <i style={{ background: messageColors[state] }} aria-hidden />
            <div>
              <button type="button" onClick={() => place.go({ view: 'people', state, message: null })}>
                {t(`states.message.${state}`)} {formatNumber(run.outcomes[state] ?? 0, language)}
              </button>
              <p>{t(`run.waitingPeople.${state}`)}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function LeftOut({ run }: { run: Run }) {
  const { t } = useTranslation()
  const reasonName = useReasonName()
  const reasons = Object.entries(run.excluded).filter(([, count]) => count > 0)
  if (reasons.length === 0) return null
  return (
    <section>
      <h2>{t('run.excluded.title')}</h2>
      <dl className={styles.reasons}>
        {reasons.map(([code, count]) => (
          <div key={code}>
            <dt>{reasonName(code)}</dt>
            <dd>{t('run.table.people', { count })}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Recent({ recent, place }: { recent: readonly MessageItem[]; place: RunPlace }) {
  const { t } = useTranslation()
  const channelName = useChannelName()
  if (recent.length === 0) return null
  return (
    <section>
      <h2>
        {t('run.recent.title')}
        <Button variant="subtle" size="compact-xs" onClick={() => place.go({ view: 'people', state: null, message: null })}>
          {t('run.recent.all')}
        </Button>
      </h2>
      <ul className={styles.recent}>
        {recent.map((message) => (
          <li key={message.id}>
            <button type="button" onClick={() => place.go({ view: 'people', message: message.id })}>
              <b>{message.name ?? t('run.table.unnamed', { number: message.number })}</b>
              <MaskedNumber address={message.address} />
              <span>{channelName(message.channel)}</span>
              <MessageStatePill state={message.state} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
