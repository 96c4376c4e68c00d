import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useChecks, useSession, useDocument } from '#editor/canvas/session-context.ts'
import { friendlyName } from '#schemas/friendly-name.ts'
import { useReasonName } from '#editor/parts/use-reason-name.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import type { Column } from '#schemas/column.ts'
import type { PreviewMessage } from '#schemas/preview.ts'
import type { Audience } from './fold-facts.ts'
import styles from './fold-card.module.css'

/** People that are shown by name. */
const SHOWN = 8
const none: Readonly<Record<string, readonly Column[]>> = {}

interface PeopleProps {
  /** The steps that choose them. */
  readonly steps: readonly string[]
  readonly audience: Audience | null
  /** Why nobody could be counted. */
  readonly failure: string | null
  readonly messages: readonly PreviewMessage[]
}

/** How many, who is left out and why, the first of them, and the columns that are known of each. */
export function People({ steps, audience, failure, messages }: PeopleProps) {
  const { types } = useSession()
  const last = steps.at(-1) ?? ''
  const byEvent = useDocument(({ document }) => {
    const node = document.nodes.find(({ id }) => id === last)
    return types.get(node?.type ?? '')?.role === 'trigger'
  })
  return (
    <>
      {byEvent ? <OneByOne trigger={last} /> : <HowMany audience={audience} failure={failure} />}
      <ul className={styles.rows}>
        {messages.slice(0, SHOWN).map(({ row, name, address }) => (
          <li key={row}>
            <span>{name ?? '—'}</span>
            <code>{address ?? '—'}</code>
          </li>
        ))}
      </ul>
      <More count={!byEvent && audience?.counted ? audience.people - Math.min(SHOWN, messages.length) : 0} />
      <Columns step={last} />
    </>
  )
}

function HowMany({ audience, failure }: Pick<PeopleProps, 'audience' | 'failure'>) {
  const { t } = useTranslation()
  const reason = useReasonName()
  if (failure !== null) return <p className={styles.quiet}>{failure}</p>
  if (audience === null) return <Skeleton height={58} radius={8} />
  const { counted, people, read, leftOut } = audience
  const reasons = leftOut.map(({ code, message, count }) => {
    const known = reason(code)
    return t('fold.people.reason', { reason: known === code ? message.replace(/\.$/, '') : known, count })
  })
  return (
    <div role="status" className={styles.count}>
      <strong>{counted ? t('fold.people.count', { count: people }) : t('fold.people.wait')}</strong>
      <span>
        {!counted
          ? t('fold.people.counting', { count: read })
          : reasons.length === 0
            ? t('fold.people.nobodyLeft')
            : t('fold.people.leftOut', { count: read, reasons: reasons.join(', ') })}
      </span>
    </div>
  )
}

function OneByOne({ trigger }: { trigger: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const summary = useChecks((state) => state.summaries[trigger]?.[language])
  return (
    <div className={styles.count}>
      <strong>{t('fold.people.oneByOne')}</strong>
      <span>{summary ?? t('fold.people.byEvent')}</span>
    </div>
  )
}

function More({ count }: { count: number }) {
  const { t } = useTranslation()
  return count <= 0 ? null : <p className={styles.quiet}>{t('fold.people.more', { count })}</p>
}

/** What is known of each person when the text is made. */
function Columns({ step }: { step: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const out = useChecks((state) => state.columns[step]?.out ?? none)
  const columns = Object.values(out)[0] ?? []
  if (columns.length === 0) return null
  return (
    <p className={styles.quiet}>
      <b>{t('fold.people.columns', { count: columns.length })}</b>{' '}
      {columns.map((column) => friendlyName(column, language)).join(', ')}
    </p>
  )
}
