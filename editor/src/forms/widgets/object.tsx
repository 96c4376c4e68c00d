import { Input, Select } from '@mantine/core'
import { useLanguage } from '#editor/words/use-language.ts'
import type { WidgetProps } from '../widget-props.ts'
import { FormField } from '../form-field.tsx'
import { blankOf, type FormSchema, textOf, variantFor, variantsOf } from '../form-schema.ts'
import { SchemaForm } from '../schema-form.tsx'
import { useFieldProps } from './simple.tsx'
import styles from '../forms.module.css'

/** Any value as the object a form edits. */
export function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

function withField(value: unknown, name: string, next: unknown): Record<string, unknown> {
  const { [name]: _old, ...rest } = asObject(value)
  return next === undefined ? rest : { ...asObject(value), [name]: next }
}

function saysNothing(object: Readonly<Record<string, unknown>>, schema: FormSchema): boolean {
  const blank = asObject(blankOf(schema))
  return Object.entries(object).every(([name, value]) => value === '' || value === undefined || value === blank[name])
}

/** Fields inside a field, framed. */
export function ObjectWidget(props: WidgetProps) {
  const { label, description, error } = useFieldProps(props)
  return (
    <Input.Wrapper label={label} description={description} error={error} labelElement="div">
      <div className={styles.group}>
        <SchemaForm
          schema={props.schema}
          value={asObject(props.value)}
          path={props.path}
          onChange={(name, next) => {
            // A new object has what it must have from the start; an optional one that says nothing any more goes away.
            const object = withField(props.value ?? blankOf(props.schema), name, next)
            props.onChange(!props.required && saysNothing(object, props.schema) ? undefined : object)
          }}
        />
      </div>
    </Input.Wrapper>
  )
}

/** One of several forms: first which, then its fields. */
export function VariantsWidget(props: WidgetProps) {
  const language = useLanguage()
  const field = useFieldProps(props)
  const variants = variantsOf(props.schema)
  const current = variantFor(variants, props.value)
  const variant: FormSchema = variants[current] ?? {}
  const data = variants.map((one, index) => ({ value: String(index), label: textOf(one, String(index + 1), language).title }))
  const fields = Object.fromEntries(
    Object.entries(variant.properties ?? {}).filter(([, property]) => property.const === undefined),
  )
  return (
    <div>
      <Select
        {...field}
        data={data}
        value={String(current)}
        allowDeselect={false}
        onChange={(next) => next !== null && props.onChange(blankOf(variants[Number(next)] ?? {}))}
      />
      {variant.properties !== undefined && Object.keys(fields).length > 0 && (
        <div className={styles.group}>
          <SchemaForm
            schema={{ ...variant, properties: fields }}
            value={asObject(props.value)}
            path={props.path}
            onChange={(name, next) => props.onChange(withField(props.value, name, next))}
          />
        </div>
      )}
      {variant.properties === undefined && variant.const === undefined && (
        <FormField {...props} schema={{ ...variant, 'x-text': { title: { en: '', ko: '' } } }} />
      )}
    </div>
  )
}
