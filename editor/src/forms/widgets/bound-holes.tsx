import { Button } from '@mantine/core'
import { IconAlertCircle, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { titleOf } from '#schemas/catalog-title.ts'
import { fillHoles, holesOf, type Hole } from '#editor/sql/parameters.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { useForm } from '../form-context.ts'
import { TryQuery } from './try-query.tsx'
import { useDialect } from './use-sql-help.ts'
import styles from './parameters.module.css'

/** Columns that are offered for a hole that none fits. */
const OFFERS = 2

/** The holes of one name, or one `?`. */
function groupsOf(holes: readonly Hole[]): { key: string; name: string | null; holes: Hole[] }[] {
  const groups = new Map<string, { key: string; name: string | null; holes: Hole[] }>()
  for (const hole of holes) {
    const key = hole.name ?? `? ${hole.at}`
    const group = groups.get(key) ?? { key, name: hole.name, holes: [] }
    groups.set(key, group)
    group.holes.push(hole)
  }
  return [...groups.values()]
}

/** Which column each hole of a statement takes its value from; a hole that no column is called like is offered those that look like it. */
export function BoundHoles({ sql, onChange }: { sql: string; onChange: (sql: string) => void }) {
  const { t } = useTranslation()
  const dialect = useDialect()
  const groups = groupsOf(holesOf(sql, dialect))
  if (groups.length === 0) return null
  const names = groups.flatMap(({ name }) => name ?? [])
  return (
    <div className={styles.holes} role="group" aria-label={t('forms.parameters.bound')}>
      {groups.map((group) => (
        <BoundHole
          key={group.key}
          name={group.name}
          wanted={group.name ?? group.holes[0]?.comparedWith?.split('.').at(-1)?.replace(/["`]/g, '') ?? ''}
          onTake={(column) => onChange(fillHoles(sql, group.holes, column))}
        />
      ))}
      {names.length === groups.length && <TryQuery sql={sql} names={names} />}
    </div>
  )
}

function BoundHole({ name, wanted, onTake }: { name: string | null; wanted: string; onTake: (column: string) => void }) {
  const { t } = useTranslation()
  const { columns, suggest } = useForm()
  const language = useLanguage()
  const column = columns.find((one) => one.name === name && one.hidden !== true)
  if (column !== undefined) {
    const title = column.label ?? titleOf({ name: column.name, displayName: null, comment: null }, language)
    return (
      <div className={styles.hole}>
        <IconCheck size={14} aria-hidden />
        <code>:{name}</code>
        <span className={styles.note}>{t('forms.parameters.fromColumn', { column: title })}</span>
      </div>
    )
  }
  // Nothing is known of what comes in: that is said at the step before.
  if (columns.length === 0 && name !== null) return null
  const offers = wanted === '' ? [] : suggest(wanted).slice(0, OFFERS)
  return (
    <div className={styles.hole} data-lost="true">
      <IconAlertCircle size={14} aria-hidden />
      <code>{name === null ? '?' : `:${name}`}</code>
      <span>
        {name === null
          ? t(wanted === '' ? 'forms.parameters.nameless' : 'forms.parameters.namelessBeside', { column: wanted })
          : t('forms.parameters.lost')}
      </span>
      {offers.map(({ column: offered, reason }) => (
        <Button key={offered.name} size="compact-xs" variant="light" onClick={() => onTake(offered.name)}>
          {t('forms.parameters.take', { column: offered.name })}
          <small style={{ marginLeft: 6, fontWeight: 400 }}>{t(`forms.holes.why.${reason}`)}</small>
        </Button>
      ))}
    </div>
  )
}
