import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Workflow, WorkflowVersion } from '#schemas/api/workflows.ts'
import { Pill } from '#editor/parts/pill.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import type { Side } from './chosen-pair.ts'
import styles from './versions.module.css'

interface VersionListProps {
  readonly head: Workflow
  /** Newest first. */
  readonly items: readonly WorkflowVersion[]
  readonly chosen: Side
  readonly more: ReactNode
}

/** The draft and every published version; each is a link. */
export function VersionList({ head, items, chosen, more }: VersionListProps) {
  const { t } = useTranslation()
  const same = head.published?.revision === head.revision
  const link = (version: Side, children: ReactNode) => (
    <Link
      to="/workflows/$id/versions"
      params={{ id: head.id }}
      search={{ version: String(version) }}
      className={styles.version}
      {...(version === chosen ? { 'aria-current': 'true' as const } : {})}
    >
      {children}
    </Link>
  )
  return (
    <nav className={styles.list} aria-label={t('versions.list')}>
      {link(
        'draft',
        <>
          <b>{t('versions.draft')}</b>
          <small>{same ? t('versions.draftSame') : <RelativeTime at={head.updatedAt} />}</small>
        </>,
      )}
      {items.map((item) => (
        <span key={item.version}>
          {link(
            item.version,
            <>
              <span className={styles.line}>
                <b>{t('versions.name', { version: item.version })}</b>
                {item.current && <Pill tone="ok">{t('versions.current')}</Pill>}
              </span>
              <small>
                <RelativeTime at={item.publishedAt} />
                {/* Without accounts it is always whoever sits at the machine. */}
                {item.publishedBy !== 'local' && ` · ${t('versions.by', { who: item.publishedBy })}`}
              </small>
            </>,
          )}
        </span>
      ))}
      {more}
    </nav>
  )
}
