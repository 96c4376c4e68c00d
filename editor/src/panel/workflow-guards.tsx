import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { settingsQuery } from '#editor/api/settings.ts'
import { useDocument, useSession } from '#editor/canvas/session-context.ts'
import { GuardFields } from '#editor/guards/guard-fields.tsx'
import styles from './panel.module.css'

/** What is looked at before a run of this workflow sends; folded while everything is as usual. */
export function WorkflowGuards() {
  const session = useSession()
  const { t } = useTranslation()
  const guards = useDocument((state) => state.document.settings?.guards) ?? {}
  const workspace = useQuery(settingsQuery).data?.guards ?? {}
  const own = Object.keys(guards).length
  return (
    <details className={styles.fold} open={own > 0}>
      <summary>{own > 0 ? t('guards.open', { count: own }) : t('guards.title')}</summary>
      <p className={styles.quiet}>{t('guards.text')}</p>
      <GuardFields
        guards={guards}
        workspace={workspace}
        onChange={(next) =>
          session.document
            .getState()
            .change({ kind: 'about', patch: { guards: next } }, `about/guards/${Object.keys(next).join()}`)
        }
      />
    </details>
  )
}
