import { useTranslation } from 'react-i18next'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { changesIn, compareDocuments } from '#editor/model/compare.ts'
import { Changes } from '../versions/changes.tsx'

/** What my draft has otherwise than the newer one. */
export function ConflictChanges({ theirs, mine }: { theirs: WorkflowDocument; mine: WorkflowDocument }) {
  const { t } = useTranslation()
  const found = compareDocuments(theirs, mine)
  if (changesIn(found) === 0) return <p>{t('editor.conflict.same')}</p>
  return (
    <section aria-label={t('editor.conflict.changes')} style={{ marginTop: 14 }}>
      <p style={{ marginBottom: 8 }}>{t('editor.conflict.changes')}</p>
      <div style={{ maxHeight: '46vh', overflowY: 'auto' }} tabIndex={0}>
        <Changes found={found} before={theirs} after={mine} />
      </div>
    </section>
  )
}
