import { IconCalendarTime, IconMessage2, IconSend, IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useChecks, useDocument, useSession } from '#editor/canvas/session-context.ts'
import { destinationOf } from '#editor/model/fold.ts'
import { labelOf } from '#editor/model/session.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import styles from './fold-card.module.css'

interface SendingProps {
  readonly steps: readonly string[]
  readonly workflow: Pick<Workflow, 'enabled'>
  /** People who get something, once everybody was counted. */
  readonly people: number | null
}

/** Where it goes and whether it really leaves, what starts it, what comes after a channel that could not deliver, and what a run does. */
export function Sending({ steps, workflow, people }: SendingProps) {
  const { t } = useTranslation()
  const session = useSession()
  const language = useLanguage()
  const document = useDocument((state) => state.document)
  const summaries = useChecks((state) => state.summaries)
  const { sandbox, connections } = destinationOf(document, session)
  const nodes = steps.flatMap((id) => document.nodes.filter((node) => node.id === id))
  const trigger = nodes.find(({ type }) => session.types.get(type)?.role === 'trigger')
  const [first, ...later] = nodes.filter((node) => node !== trigger)
  const fallbacks = later.filter(({ id }) =>
    document.edges.some(({ target, sourcePort }) => target === id && sourcePort === 'undelivered'),
  )
  const label = (node: typeof first) => (node === undefined ? '' : labelOf(node, session.types, language))
  const outcome = people === null ? t('fold.sending.makesAll') : t('fold.sending.makes', { count: people })
  return (
    <>
      {sandbox ? (
        <div className={styles.safe}>
          <IconShieldCheck size={20} aria-hidden />
          <p>
            <b>{t('fold.sending.safe')}</b>
            <span>{t('fold.sending.safeText')}</span>
          </p>
        </div>
      ) : (
        <div className={styles.safe} data-real>
          <IconSend size={20} aria-hidden />
          <p>
            <b>{t('fold.sending.real')}</b>
            <span>
              {connections.length === 0
                ? t('fold.sending.nowhere')
                : t('fold.sending.realText', { names: connections.map(({ name }) => name).join(', ') })}
            </span>
          </p>
        </div>
      )}
      <ul className={styles.facts}>
        {trigger !== undefined && (
          <li>
            <IconCalendarTime size={18} aria-hidden />
            <p>
              <b>{summaries[trigger.id]?.[language] ?? label(trigger)}</b>
              {trigger.type !== 'manual-trigger' && <span>{t(workflow.enabled ? 'fold.sending.on' : 'fold.sending.off')}</span>}
            </p>
          </li>
        )}
        {fallbacks.map((node) => (
          <li key={node.id}>
            <IconMessage2 size={18} aria-hidden />
            <p>
              <b>{t('fold.sending.fallback', { step: label(node) })}</b>
              <span>{t('fold.sending.fallbackText', { step: label(first) })}</span>
            </p>
          </li>
        ))}
      </ul>
      <p className={styles.then}>{t('fold.sending.pressed')}</p>
      <ol className={styles.order}>
        <li>{outcome}</li>
        <li>{t(sandbox ? 'fold.sending.toOutbox' : 'fold.sending.askFirst')}</li>
        <li>{t('fold.sending.whoGot')}</li>
      </ol>
    </>
  )
}
