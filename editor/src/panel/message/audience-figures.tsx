import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AudienceChannel, AudienceCheck } from '#schemas/audience.ts'
import { useReasonName } from '#editor/parts/use-reason-name.ts'
import type { AudienceWatch } from './use-audience-check.ts'
import styles from './message.module.css'

/** Beside the message: what the whole audience would come to. It stands in nobody's way. */
export function AudienceFigures({ watch, channel }: { watch: AudienceWatch; channel: AudienceChannel | null }) {
  const { t } = useTranslation()
  const { check, failure, isStale } = watch
  const why = failure ?? check?.error?.message ?? null
  const isOpen = check !== null && (check.state === 'waiting' || check.state === 'running')
  if (check === null && why === null) return null
  return (
    <section className={styles.audience} aria-label={t('audience.title')} aria-busy={isOpen}>
      <header>
        <p role="status">
          {why === null && check !== null ? <Headline check={check} isStale={isStale} /> : t('audience.failed')}
        </p>
        {isOpen ? (
          <Button variant="subtle" color="gray" size="compact-xs" onClick={watch.stop}>
            {t('audience.stop')}
          </Button>
        ) : (
          (isStale || why !== null || check?.state === 'cancelled') && (
            <Button variant="default" size="compact-xs" onClick={watch.ask}>
              {t('audience.again')}
            </Button>
          )
        )}
      </header>
      {why !== null && <p className={styles.why}>{why}</p>}
      {why === null && check !== null && <Findings check={check} channel={channel} />}
    </section>
  )
}

function Headline({ check, isStale }: { check: AudienceCheck; isStale: boolean }) {
  const { t } = useTranslation()
  const { state, people: count, complete } = check
  // Of a count that had only begun there is nothing to tell.
  if (isStale && count > 0) return t('audience.stale', { count })
  if (state === 'waiting' || state === 'running') return t('audience.running', { count })
  if (state === 'cancelled') return t('audience.cancelled', { count })
  return complete ? t('audience.done', { count }) : t('audience.partly', { count })
}

function Findings({ check, channel }: { check: AudienceCheck; channel: AudienceChannel | null }) {
  const lines = useLines(check, channel)
  const { t } = useTranslation()
  if (lines.length === 0) return check.state === 'done' ? <p className={styles.why}>{t('audience.nothing')}</p> : null
  return (
    <ul>
      {lines.map(({ key, text, isBad }) => (
        <li key={key} data-bad={isBad || undefined}>
          {text}
        </li>
      ))}
    </ul>
  )
}

interface Line {
  readonly key: string
  readonly text: string
  /** These people get no message. */
  readonly isBad: boolean
}

const REFUSALS = ['text-too-long', 'text-not-encodable', 'address-missing', 'address-unusable', 'text-empty'] as const

function useLines(check: AudienceCheck, channel: AudienceChannel | null): Line[] {
  const { t } = useTranslation()
  const reasonName = useReasonName()
  const missing = check.missing.map(({ variable, count, refused }): Line => {
    const words = t('audience.missing', { variable, count })
    const then = refused === 0 ? t('audience.replaced') : t('audience.refused', { count: refused })
    return { key: `missing/${variable}`, text: `${words} · ${then}`, isBad: refused > 0 }
  })
  const refused = (channel?.refused ?? []).map(({ code, message, count }): Line => {
    const known = REFUSALS.find((one) => one === code)
    const words = known === undefined ? `${message} ${t('audience.people', { count })}` : t(`audience.why.${known}`, { count })
    return { key: `refused/${code}`, text: words, isBad: true }
  })
  // Whose value is missing was said above, variable by variable.
  const left = check.leftOut
    .filter(({ code }) => !['value-null', 'value-empty', 'value-no-row'].includes(code))
    .map(({ nodeId, code, message, count }): Line => {
      // A reason of ours in a word or two; the message speaks of one person.
      const name = reasonName(code)
      const words = name === code ? message : name
      return { key: `left/${nodeId}/${code}`, text: `${words} ${t('audience.people', { count })}`, isBad: false }
    })
  const repeated = channel?.repeated ?? 0
  const kinds = Object.entries(channel?.kinds ?? {})
  return [
    ...missing,
    ...refused,
    ...(repeated === 0 ? [] : [{ key: 'repeated', text: t('audience.repeated', { count: repeated }), isBad: false }]),
    ...left,
    ...(kinds.length < 2
      ? []
      : [{ key: 'kinds', text: kinds.map(([kind, count]) => t('audience.kind', { kind, count })).join(' · '), isBad: false }]),
  ]
}
