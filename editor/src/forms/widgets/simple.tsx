import { NumberInput, PasswordInput, SegmentedControl, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { plainText } from '#editor/model/plain-text.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { errorText, useMessages } from '../form-context.ts'
import { choicesOf, choiceText, type FormSchema, textOf } from '../form-schema.ts'
import type { WidgetProps } from '../widget-props.ts'
import { useTextDraft } from '../use-text-draft.ts'

/** Label, help, error and placeholder as Mantine's inputs take them. */
export function useFieldProps({ schema, name, path, required }: Pick<WidgetProps, 'schema' | 'name' | 'path' | 'required'>) {
  const language = useLanguage()
  const { title, help, placeholder } = textOf(schema, name, language)
  const messages = useMessages(path)
  const warning = messages.find(({ severity }) => severity !== 'error')?.message
  const error = errorText(messages)
  return {
    label: title,
    description: help ?? undefined,
    placeholder,
    error: error ?? undefined,
    withAsterisk: required,
    'data-warning': warning,
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '')

/** An optional field that is emptied is taken away; a required one stays as an empty text, so that its problem is shown. */
const textOrNothing = (text: string, required: boolean): string | undefined => (text === '' && !required ? undefined : text)

export function TextWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const draft = useTextDraft(asText(props.value), (text) => props.onChange(textOrNothing(text, props.required)))
  return <TextInput {...field} {...draft.props} {...lengthLimit(props.schema)} spellCheck={false} />
}

/** A time of day, `09:00`, by the browser's own field: nothing that is no time can be written. */
export function TimeWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  return (
    <TextInput
      {...field}
      type="time"
      value={asText(props.value)}
      onChange={(event) => props.onChange(textOrNothing(event.currentTarget.value, props.required))}
    />
  )
}

function lengthLimit(schema: FormSchema) {
  return schema.maxLength === undefined ? {} : { maxLength: schema.maxLength }
}

/** A secret is written, never read back: the server only says whether there is one. */
export function SecretWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const draft = useTextDraft(asText(props.value), (text) => props.onChange(text === '' ? undefined : text))
  return <PasswordInput {...field} {...draft.props} autoComplete="new-password" />
}

export function MultilineWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const draft = useTextDraft(asText(props.value), (text) => props.onChange(textOrNothing(text, props.required)))
  return <Textarea {...field} {...draft.props} autosize minRows={3} maxRows={14} />
}

export function NumberWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { schema } = props
  return (
    <NumberInput
      {...field}
      value={typeof props.value === 'number' ? props.value : ''}
      onChange={(next) => props.onChange(typeof next === 'number' ? next : undefined)}
      {...(schema.minimum === undefined ? {} : { min: schema.minimum })}
      {...(schema.maximum === undefined ? {} : { max: schema.maximum })}
      allowDecimal={schema.type !== 'integer'}
      // A port is a name made of digits, not a count.
      thousandSeparator={props.name === 'port' ? '' : ','}
      clampBehavior="blur"
    />
  )
}

/** A share from 0 to 1, as people say it. */
export function PercentWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { minimum = 0, maximum = 1 } = props.schema
  // 0.07 × 100 is not 7 for a computer.
  const percent = (share: number) => Number((share * 100).toFixed(6))
  return (
    <NumberInput
      {...field}
      value={typeof props.value === 'number' ? percent(props.value) : ''}
      onChange={(next) => props.onChange(typeof next === 'number' ? Number((next / 100).toFixed(8)) : undefined)}
      min={percent(minimum)}
      max={percent(maximum)}
      suffix="%"
      clampBehavior="blur"
    />
  )
}

export function BooleanWidget(props: WidgetProps) {
  const { label, description, error } = useFieldProps(props)
  return (
    <Switch
      label={label}
      description={description}
      error={error}
      checked={props.value === true}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  )
}

/** Longest text, in characters, up to which a few choices stand side by side. */
const SIDE_BY_SIDE = 24

export function ChoiceWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { t } = useTranslation()
  const language = useLanguage()
  const choices = choicesOf(props.schema) ?? []
  const data = choices.map((choice) => ({ value: String(choice), label: choiceText(props.schema, choice, language) }))
  const choose = (text: string | null) =>
    props.onChange(text === null ? undefined : choices.find((choice) => String(choice) === text))
  // What is not said counts as the schema's default.
  const current = props.value ?? props.schema.default
  const value = current === undefined || current === null ? null : plainText(current)
  const fits = data.length <= 3 && data.reduce((sum, { label }) => sum + label.length, 0) <= SIDE_BY_SIDE && value !== null
  if (fits) {
    return (
      <div>
        <div className="mantine-InputWrapper-label">{field.label}</div>
        <SegmentedControl fullWidth data={data} value={value} onChange={choose} aria-label={field.label} />
      </div>
    )
  }
  return (
    <Select
      {...field}
      placeholder={field.placeholder || t('forms.choose')}
      data={data}
      value={value}
      onChange={choose}
      clearable={!props.required && props.schema.default === undefined}
      allowDeselect={false}
      checkIconPosition="right"
    />
  )
}
