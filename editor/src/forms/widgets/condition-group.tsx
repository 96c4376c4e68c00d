import { ActionIcon, Button, SegmentedControl, Select } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Column } from '#schemas/column.ts'
import { errorText, useMessages } from '../form-context.ts'
import { FieldFixes } from '../field-fixes.tsx'
import { ColumnOption } from './column-option.tsx'
import { columnText } from './column.tsx'
import { useConditionKit, type GroupOf, type ItemProps } from './condition-kit.ts'
import styles from '../forms.module.css'

interface GroupProps<Leaf> {
  readonly group: GroupOf<Leaf>
  readonly path: string
  readonly depth: number
  readonly onChange: (group: GroupOf<Leaf>) => void
  readonly onRemove?: () => void
}

/** Conditions joined by "all" or "any", with groups inside groups: the one editor for conditions, whatever they are about. */
export function ConditionGroup<Leaf>({ group, path, depth, onChange, onRemove }: GroupProps<Leaf>) {
  const { t } = useTranslation()
  const kit = useConditionKit<Leaf>()
  const items = (next: GroupOf<Leaf>['items']) => onChange({ ...group, items: next })
  return (
    <div className={styles.conditions} data-depth={depth}>
      {group.items.length > 1 && (
        <SegmentedControl
          size="xs"
          value={group.join}
          aria-label={t('forms.conditions.join')}
          data={[
            { value: 'all', label: t('forms.conditions.all') },
            { value: 'any', label: t('forms.conditions.any') },
          ]}
          onChange={(join) => onChange({ ...group, join })}
        />
      )}
      {group.items.map((item, index) => {
        // Conditions have no other identity than their place.
        const place = {
          path: `${path}/items/${index}`,
          onRemove: () => items(group.items.toSpliced(index, 1)),
        }
        const change = (next: Leaf | GroupOf<Leaf>) => items(group.items.with(index, next))
        return kit.isGroup(item) ? (
          <ConditionGroup key={index} group={item} depth={depth + 1} onChange={change} {...place} />
        ) : (
          <ConditionItem key={index} item={item} onChange={change} {...place} />
        )
      })}
      <div className={styles.conditionButtons}>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => items([...group.items, kit.blank()])}
        >
          {t('forms.conditions.add')}
        </Button>
        {depth < kit.deepest && group.items.length > 0 && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={() => items([...group.items, { join: group.join === 'all' ? 'any' : 'all', items: [kit.blank()] }])}
          >
            {t('forms.conditions.addGroup')}
          </Button>
        )}
        {onRemove !== undefined && (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={onRemove}>
            {t('forms.conditions.removeGroup')}
          </Button>
        )}
        {kit.more?.((leaf) => items([...group.items, leaf]))}
      </div>
    </div>
  )
}

function ConditionItem<Leaf>(props: ItemProps<Leaf>) {
  const kit = useConditionKit<Leaf>()
  return <>{kit.special?.(props) ?? <ConditionRow {...props} />}</>
}

function ConditionRow<Leaf>({ item, path, onChange, onRemove }: ItemProps<Leaf>) {
  const { t } = useTranslation()
  const kit = useConditionKit<Leaf>()
  const error = errorText(useMessages(path, true))
  const { columns } = kit
  const { column: key, is } = kit.factsOf(item)
  const column = columns.find(({ name }) => name === key)
  const fitting = kit.fitting(column, is)
  // A chosen column that is not there any more stays visible.
  const gone = key === '' || column !== undefined ? [] : [{ value: key, label: kit.nameOf({ name: key, type: 'text' }) }]
  const named = (one: Column) => ({ ...one, name: kit.nameOf(one) })
  const choices = [...gone, ...columns.map((one) => ({ value: one.name, label: columnText(named(one)) }))]
  const shown = (value: string) => {
    const known = columns.find(({ name }) => name === value)
    return known ? named(known) : { name: kit.nameOf({ name: value, type: 'text' }) }
  }
  return (
    <div className={styles.condition} data-field={path}>
      <div className={styles.conditionLine}>
        <Select
          size="xs"
          aria-label={t('forms.conditions.column')}
          data={choices}
          value={key === '' ? null : key}
          placeholder={t('forms.column.choose')}
          searchable
          error={error !== null}
          renderOption={({ option }) => <ColumnOption column={shown(option.value)} />}
          comboboxProps={{ width: 260, position: 'bottom-start' }}
          onChange={(next) => {
            const now = columns.find(({ name }) => name === next)
            const allowed = kit.fitting(now, '')
            onChange(kit.withFacts(item, { column: next ?? '', is: allowed.includes(is) ? is : (allowed[0] ?? is) }))
          }}
        />
        <Select
          size="xs"
          aria-label={t('forms.conditions.operator')}
          data={kit.operators.filter(({ value }) => fitting.includes(value))}
          value={is}
          allowDeselect={false}
          comboboxProps={{ width: 170 }}
          onChange={(next) => next !== null && onChange(kit.withFacts(item, { is: next }))}
        />
        <ActionIcon variant="subtle" color="gray" size={26} aria-label={t('forms.conditions.remove')} onClick={onRemove}>
          <IconTrash size={15} />
        </ActionIcon>
      </div>
      {kit.value({ leaf: item, path, column, onChange })}
      {error !== null && <p className={styles.gap}>{error}</p>}
      <FieldFixes path={path} deep />
    </div>
  )
}
