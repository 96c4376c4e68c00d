import { Input, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '#editor/words/use-language.ts'
import { useForm } from '../form-context.ts'
import { choicesOf, choiceText, type FormSchema, variantsOf } from '../form-schema.ts'
import type { WidgetProps } from '../widget-props.ts'
import { useTextDraft } from '../use-text-draft.ts'
import { ConditionGroup } from './condition-group.tsx'
import { type ConditionKit, ConditionKitProvider } from './condition-kit.ts'
import { asGroup, type Condition, isGroup, operatorsFor, takesValue } from './condition-rules.ts'
import { useFieldProps } from './simple.tsx'

/** How deep groups may lie in each other, as the node type's schema has it. */
const DEEPEST = 4

/** The schema of one condition: its operators and their words. */
function conditionSchema(schema: FormSchema): FormSchema {
  const items = schema.properties?.items?.items ?? {}
  return items.properties === undefined
    ? (variantsOf(items).find((variant) => variant.properties?.is !== undefined) ?? {})
    : items
}

/** The conditions of rows that come in. */
export function ConditionsWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const language = useLanguage()
  const { columns } = useForm()
  const operators = conditionSchema(props.schema).properties?.is
  const kit = useMemo((): ConditionKit<Condition> => {
    const schema = operators ?? {}
    const names = (choicesOf(schema) ?? []).map(String)
    return {
      columns,
      nameOf: ({ name }) => name,
      operators: names.map((name) => ({ value: name, label: choiceText(schema, name, language) })),
      fitting: (column, current) => operatorsFor(column?.type ?? null, names, current),
      isGroup,
      factsOf: (leaf) => leaf,
      withFacts: (leaf, facts) => {
        const { value, ...next } = { ...leaf, ...facts }
        return takesValue(next.is) && value !== undefined ? { ...next, value } : next
      },
      blank: () => ({ column: columns[0]?.name ?? '', is: 'equals', value: '' }),
      value: ({ leaf, column, onChange }) =>
        takesValue(leaf.is) && (
          <ConditionValue key={leaf.is} condition={leaf} date={column?.type === 'date'} onChange={onChange} />
        ),
      deepest: DEEPEST,
    }
  }, [columns, operators, language])
  return (
    <Input.Wrapper label={field.label} description={field.description} error={field.error} labelElement="div">
      <ConditionKitProvider value={kit}>
        <ConditionGroup<Condition> group={asGroup(props.value)} path={props.path} depth={0} onChange={props.onChange} />
      </ConditionKitProvider>
    </Input.Wrapper>
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
