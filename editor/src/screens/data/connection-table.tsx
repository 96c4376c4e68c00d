import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Connection } from '#schemas/connection.ts'
import { useNodeTypes } from '#editor/api/workflows.ts'
import { Pill } from '#editor/parts/pill.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import { ChannelNames } from './channel-names.tsx'
import { HealthSince } from './health-since.tsx'
import { HealthPill } from './health-pill.tsx'
import { LimitPill } from './limit-note.tsx'
import { KindSign } from './kind-sign.tsx'
import { UserNames } from './user-names.tsx'
import styles from './data.module.css'

/** Connections as a table; each row is a link to its form. */
export function ConnectionTable({ items, label }: { items: readonly Connection[]; label: string }) {
  const { t } = useTranslation()
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          {(['name', 'health', 'usedBy', 'changed'] as const).map((key) => (
            <th key={key} scope="col">
              {t(`data.column.${key}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((connection) => (
          <tr key={connection.id}>
            <th scope="row">
              <Name connection={connection} />
            </th>
            <td>
              <HealthPill health={connection.health} />
              {connection.health.checkedAt !== null && (
                <div className={styles.second}>
                  <HealthSince health={connection.health} />
                </div>
              )}
              {connection.limit !== undefined && connection.limit !== null && <LimitPill limit={connection.limit} />}
              {connection.health.error !== null && <div className={styles.bad}>{connection.health.error.message}</div>}
            </td>
            <td>
              <UserNames usedBy={connection.usedBy} />
            </td>
            <td className={styles.time}>
              <RelativeTime at={connection.updatedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Name({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const kinds = useNodeTypes().data?.connectionKinds ?? []
  const kind = kinds.find((one) => one.kind === connection.kind)
  return (
    <span className={styles.name}>
      <KindSign kind={connection.kind} role={connection.role} />
      <span>
        <Link to="/data/$id" params={{ id: connection.id }} className={styles.link}>
          {connection.name}
        </Link>
        <span className={styles.second}>
          {kind?.title[language] ?? connection.kind}
          {connection.channels.length > 0 && (
            <>
              {' · '}
              <ChannelNames channels={connection.channels} />
            </>
          )}
          {connection.builtIn && <Pill>{t('data.builtIn')}</Pill>}
        </span>
      </span>
    </span>
  )
}
