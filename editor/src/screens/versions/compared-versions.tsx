import { Select, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Workflow, WorkflowVersion } from '#schemas/api/workflows.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { versionQuery } from '#editor/api/versions.ts'
import { changesIn, compareDocuments } from '#editor/model/compare.ts'
import { EmptyState } from '#editor/parts/empty-state.tsx'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import type { Pair, Side } from './chosen-pair.ts'
import { Changes } from './changes.tsx'
import { GoBack } from './go-back.tsx'
import styles from './versions.module.css'

interface ComparedVersionsProps {
  readonly head: Workflow
  readonly items: readonly WorkflowVersion[]
  readonly pair: Pair
}

/** What changed between two versions, and the way back to the one that is looked at. */
export function ComparedVersions({ head, items, pair }: ComparedVersionsProps) {
  const { t } = useTranslation()
  const after = useSide(head, pair.version)
  const before = useSide(head, pair.base)
  const error = after.error ?? before.error
  const name = pair.version === 'draft' ? t('versions.draft') : t('versions.name', { version: pair.version })
  return (
    <section className={styles.compared} aria-label={name}>
      <header className={styles.head}>
        <h2>{name}</h2>
        <BaseChoice head={head} items={items} pair={pair} />
        {pair.version !== 'draft' && after.document && <GoBack head={head} version={pair.version} document={after.document} />}
      </header>
      {error !== null && <ErrorNote error={error} onRetry={() => void Promise.all([after.retry(), before.retry()])} />}
      {error === null && after.document && (pair.base === null || before.document) ? (
        <Difference before={before.document} after={after.document} />
      ) : (
        error === null && <Skeleton height={240} radius={14} />
      )}
    </section>
  )
}

function Difference({ before, after }: { before: WorkflowDocument | null; after: WorkflowDocument }) {
  const { t } = useTranslation()
  const found = compareDocuments(before ?? { ...after, nodes: [], edges: [] }, after)
  const count = changesIn(found)
  const movedNote = found.moved > 0 && <p className={styles.quiet}>{t('versions.moved', { count: found.moved })}</p>
  if (count === 0)
    return (
      <>
        <EmptyState title={t('versions.same')} text={t('versions.sameText')} />
        {movedNote}
      </>
    )
  return (
    <>
      <p className={styles.quiet} aria-live="polite">
        {before === null ? t('versions.first') : t('versions.count', { count })}
      </p>
      <Changes found={found} before={before ?? after} after={after} />
      {movedNote}
    </>
  )
}

function BaseChoice({ head, items, pair }: ComparedVersionsProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const others = items.filter(({ version }) => version !== pair.version)
  if (others.length === 0) return null
  const choose = (base: string | null) => {
    if (base === null) return
    void navigate({
      to: '/workflows/$id/versions',
      params: { id: head.id },
      search: { version: String(pair.version), base },
      replace: true,
    })
  }
  return (
    <Select
      className={styles.base}
      size="xs"
      aria-label={t('versions.base')}
      placeholder={t('versions.base')}
      data={others.map(({ version }) => ({
        value: String(version),
        label: t('versions.against', { name: t('versions.name', { version }) }),
      }))}
      value={pair.base === null ? null : String(pair.base)}
      onChange={choose}
      allowDeselect={false}
      comboboxProps={{ withinPortal: true }}
    />
  )
}

/** The document of one side; null while it is on its way, or where there is none. */
function useSide(head: Workflow, side: Side | null) {
  const asked = typeof side === 'number' ? side : 0
  const query = useQuery({ ...versionQuery(head.id, asked), enabled: asked > 0 })
  return {
    document: side === 'draft' ? head.document : (query.data?.document ?? null),
    error: asked > 0 ? query.error : null,
    retry: () => (asked > 0 ? query.refetch() : Promise.resolve()),
  }
}
