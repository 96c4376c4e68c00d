import { ActionIcon, Button, Input, SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '#editor/words/use-language.ts'
import type { Column } from '#schemas/column.ts'
import { errorText, useForm, useMessages } from '../form-context.ts'
import { choicesOf, choiceText, type FormSchema, variantsOf } from '../form-schema.ts'
import type { WidgetProps } from '../widget-props.ts'
import { useTextDraft } from '../use-text-draft.ts'
import { asGroup, type Condition, type Group, isGroup, operatorsFor, takesValue } from './condition-rules.ts'
import { ColumnOption } from './column-option.tsx'
import { columnText } from './column.tsx'
import { useFieldProps } from './simple.tsx'
import styles from '../forms.module.css'

/** How deep groups may lie in each other, as the node type's schema has it. */
const DEEPEST = 4

/** The schema of one condition: its operators and their words. */
function conditionSchema(schema: FormSchema): FormSchema {
  const items = schema.properties?.items?.items ?? {}
  return items.properties === undefined
    ? (variantsOf(items).find((variant) => variant.properties?.is !== undefined) ?? {})
    : items
}

/** Conditions joined by "all" or "any", with groups inside groups. */
export function ConditionsWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const operators = conditionSchema(props.schema).properties?.is ?? {}
  return (
    <Input.Wrapper label={field.label} description={field.description} error={field.error} labelElement="div">
      <GroupEditor group={asGroup(props.value)} path={props.path} depth={0} operators={operators} onChange={props.onChange} />
    </Input.Wrapper>
  )
}

interface GroupProps {
  readonly group: Group
  readonly path: string
  readonly depth: number
  readonly operators: FormSchema
  readonly onChange: (group: Group) => void
  readonly onRemove?: () => void
}

function GroupEditor({ group, path, depth, operators, onChange, onRemove }: GroupProps) {
  const { t } = useTranslation()
  const { columns } = useForm()
  const items = (next: Group['items']) => onChange({ ...group, items: next })
  const blank: Condition = { column: columns[0]?.name ?? '', is: 'equals', value: '' }
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
      {group.items.map((item, index) =>
        isGroup(item) ? (
          // Conditions have no other identity than their place.
          <GroupEditor
            key={index}
            group={item}
            path={`${path}/items/${index}`}
            depth={depth + 1}
            operators={operators}
            onChange={(next) => items(group.items.with(index, next))}
            onRemove={() => items(group.items.toSpliced(index, 1))}
          />
        ) : (
          <ConditionRow
            key={index}
            condition={item}
            path={`${path}/items/${index}`}
            operators={operators}
            onChange={(next) => items(group.items.with(index, next))}
            onRemove={() => items(group.items.toSpliced(index, 1))}
          />
        ),
      )}
      <div className={styles.pair}>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => items([...group.items, blank])}
        >
          {t('forms.conditions.add')}
        </Button>
        {depth < DEEPEST && group.items.length > 0 && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={() => items([...group.items, { join: group.join === 'all' ? 'any' : 'all', items: [blank] }])}
          >
            {t('forms.conditions.addGroup')}
          </Button>
        )}
        {onRemove !== undefined && (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={onRemove}>
            {t('forms.conditions.removeGroup')}
          </Button>
        )}
      </div>
    </div>
  )
}

interface ConditionRowProps {
  readonly condition: Condition
  readonly path: string
  readonly operators: FormSchema
  readonly onChange: (condition: Condition) => void
  readonly onRemove: () => void
}

function ConditionRow({ condition, path, operators, onChange, onRemove }: ConditionRowProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { columns } = useForm()
  const error = errorText(useMessages(path, true))
  const column = columns.find(({ name }) => name === condition.column)
  const fitting = operatorsFor(column?.type ?? null, (choicesOf(operators) ?? []).map(String), condition.is)
  return (
    <div className={styles.condition} data-field={path}>
      <div className={styles.conditionLine}>
        <Select
          size="xs"
          aria-label={t('forms.conditions.column')}
          data={columnChoices(columns, condition.column)}
          value={condition.column === '' ? null : condition.column}
          placeholder={t('forms.column.choose')}
          searchable
          error={error !== null}
          renderOption={({ option }) => (
            <ColumnOption column={columns.find(({ name }) => name === option.value) ?? { name: option.value }} />
          )}
          comboboxProps={{ width: 260, position: 'bottom-start' }}
          onChange={(next) => onChange({ ...condition, column: next ?? '' })}
        />
        <Select
          size="xs"
          aria-label={t('forms.conditions.operator')}
          data={fitting.map((name) => ({ value: name, label: choiceText(operators, name, language) }))}
          value={condition.is}
          allowDeselect={false}
          comboboxProps={{ width: 170 }}
          onChange={(next) =>
            next !== null && onChange(takesValue(next) ? { ...condition, is: next } : { column: condition.column, is: next })
          }
        />
        <ActionIcon variant="subtle" color="gray" size={26} aria-label={t('forms.conditions.remove')} onClick={onRemove}>
          <IconTrash size={15} />
        </ActionIcon>
      </div>
      {takesValue(condition.is) && (
        <ConditionValue key={condition.is} condition={condition} date={column?.type === 'date'} onChange={onChange} />
      )}
      {error !== null && <p className={styles.gap}>{error}</p>}
    </div>
  )
}

function ConditionValue({
  condition,
  date,
  onChange,
}: {
  condition: Condition
  date: boolean
  onChange: (condition: Condition) => void
}) {
  const { t } = useTranslation()
  const draft = useTextDraft(condition.value ?? '', (value) => onChange({ ...condition, value }))
  const hint =
    condition.is === 'one-of'
      ? t('forms.conditions.severalHint')
      : condition.is === 'within-days'
        ? t('forms.conditions.daysHint')
        : t('forms.conditions.value')
  const asDate = date && condition.is !== 'one-of' && condition.is !== 'within-days'
  return (
    <TextInput
      size="xs"
      aria-label={t('forms.conditions.value')}
      placeholder={hint}
      {...(asDate ? { type: 'date' } : {})}
      {...draft.props}
    />
  )
}

function columnChoices(columns: readonly Column[], chosen: string) {
  const all = columns.map((column) => ({ value: column.name, label: columnText(column) }))
  return chosen === '' || columns.some(({ name }) => name === chosen) ? all : [{ value: chosen, label: chosen }, ...all]
}
