import { NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { VisualQuery } from '#schemas/visual-query.ts'
import { pruned } from './edit-query.ts'
import styles from './visual-query.module.css'

/** In which order, and how many at most. By a column of the result: it has a name that people gave it. */
export function QueryOrder({ query, onChange }: { query: VisualQuery; onChange: (query: VisualQuery) => void }) {
  const { t } = useTranslation()
  const first = query.order?.[0]
  const by = first && 'output' in first ? first.output : (first?.column ?? null)
  const descending = first?.descending === true
  const { order: _order, ...unordered } = query
  const { limit: _limit, ...unlimited } = query
  const names = [...new Set([...query.columns.map(({ as }) => as), ...(by === null ? [] : [by])])].filter((name) => name !== '')
  return (
    <div className={styles.line}>
      <Select
        size="xs"
        className={styles.grow}
        label={t('tableQuery.order.by')}
        placeholder={t('tableQuery.order.none')}
        data={names}
        value={by}
        clearable
        onChange={(output) => onChange(pruned(output === null ? unordered : { ...query, order: [{ output, descending }] }))}
      />
      <Select
        size="xs"
        w={120}
        label={t('tableQuery.order.direction')}
        data={[
          { value: 'up', label: t('tableQuery.order.up') },
          { value: 'down', label: t('tableQuery.order.down') },
        ]}
        value={descending ? 'down' : 'up'}
        disabled={first === undefined}
        allowDeselect={false}
        onChange={(next) => first && onChange({ ...query, order: [{ ...first, descending: next === 'down' }] })}
      />
      <NumberInput
        size="xs"
        w={110}
        label={t('tableQuery.order.limit')}
        placeholder={t('tableQuery.order.all')}
        value={query.limit ?? ''}
        min={1}
        max={10_000_000}
        allowDecimal={false}
        thousandSeparator=","
        onChange={(limit) => onChange(typeof limit === 'number' && limit >= 1 ? { ...query, limit } : unlimited)}
      />
    </div>
  )
}
