import { ActionIcon, Button, Input, TagsInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { blankOf, type FormSchema } from '../form-schema.ts'
import { FormField } from '../form-field.tsx'
import type { WidgetProps } from '../widget-props.ts'
import { SchemaForm } from '../schema-form.tsx'
import { ListRow } from './list-row.tsx'
import { asObject } from './object.tsx'
import { useFieldProps } from './simple.tsx'
import styles from '../forms.module.css'

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** Texts as tags (a pasted column of addresses becomes one tag each), anything else as rows with a form of their own. */
export function ListWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { t } = useTranslation()
  const item: FormSchema = props.schema.items ?? {}
  const list = asList(props.value)
  if (item.type === 'string' && item.enum === undefined) {
    return (
      <TagsInput
        {...field}
        value={list.map(String)}
        onChange={(next) => props.onChange(next.length === 0 && !props.required ? undefined : next)}
        splitChars={[',', ';', '\n', '\t']}
        acceptValueOnBlur
        clearable
        {...(props.schema.maxItems === undefined ? {} : { maxTags: props.schema.maxItems })}
      />
    )
  }
  const change = (next: unknown[]) => props.onChange(next.length === 0 && !props.required ? undefined : next)
  const full = props.schema.maxItems !== undefined && list.length >= props.schema.maxItems
  return (
    <Input.Wrapper label={field.label} description={field.description} error={field.error} labelElement="div">
      <div className={styles.rows}>
        {list.map((entry, index) => (
          // Rows have no other identity than their place.
          <div key={index} className={styles.group}>
            {item.properties === undefined ? (
              <FormField
                name={String(index + 1)}
                path={`${props.path}/${index}`}
                schema={item}
                required
                value={entry}
                onChange={(next) => change(list.with(index, next))}
              />
            ) : (
              <ListRow schema={item} value={entry} alone={list.length === 1}>
                <SchemaForm
                  schema={item}
                  value={asObject(entry)}
                  path={`${props.path}/${index}`}
                  onChange={(name, next) => change(list.with(index, { ...asObject(entry), [name]: next }))}
                />
              </ListRow>
            )}
            <ActionIcon
              className={styles.remove ?? ''}
              variant="subtle"
              color="gray"
              size={26}
              aria-label={t('forms.removeRow', { number: index + 1 })}
              onClick={() => change(list.toSpliced(index, 1))}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </div>
        ))}
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          disabled={full}
          onClick={() => change([...list, blankOf(item)])}
        >
          {t('forms.addRow')}
        </Button>
      </div>
    </Input.Wrapper>
  )
}
