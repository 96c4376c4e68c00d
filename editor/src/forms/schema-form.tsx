import { Button, Collapse } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormField } from './form-field.tsx'
import { useForm } from './form-context.ts'
import type { FormSchema } from './form-schema.ts'
import styles from './forms.module.css'

export interface SchemaFormProps {
  readonly schema: FormSchema
  readonly value: Readonly<Record<string, unknown>>
  /** `undefined` takes the field away. */
  readonly onChange: (name: string, value: unknown) => void
  /** Where the value stands in the config; empty for the whole. */
  readonly path?: string
  /** Fields that are drawn elsewhere. */
  readonly leaveOut?: readonly string[]
}

/** A form from an object's JSON Schema. Fields marked `advanced` are folded away until somebody wants them or one of them is wrong. */
export function SchemaForm({ schema, value, onChange, path = '', leaveOut = [] }: SchemaFormProps) {
  const names = Object.keys(schema.properties ?? {}).filter((name) => !leaveOut.includes(name))
  const shown = names.filter((name) => {
    const { widget, when } = schema.properties?.[name]?.['x-form'] ?? {}
    return widget !== 'hidden' && (when === undefined || value[when.field] === when.is)
  })
  const plain = shown.filter((name) => schema.properties?.[name]?.['x-form']?.advanced !== true)
  const advanced = shown.filter((name) => schema.properties?.[name]?.['x-form']?.advanced === true)
  const draw = (name: string) => (
    <FormField
      key={name}
      name={name}
      path={path === '' ? name : `${path}/${name}`}
      schema={schema.properties?.[name] ?? {}}
      required={schema.required?.includes(name) ?? false}
      value={value[name]}
      siblings={value}
      onChange={(next) => onChange(name, next)}
    />
  )
  return (
    <div className={styles.form}>
      {plain.map(draw)}
      {advanced.length > 0 && (
        <Advanced paths={advanced.map((name) => (path === '' ? name : `${path}/${name}`))}>{advanced.map(draw)}</Advanced>
      )}
    </div>
  )
}

function Advanced({ paths, children }: { paths: readonly string[]; children: React.ReactNode }) {
  const { t } = useTranslation()
  const { messages } = useForm()
  const wrong = paths.some((path) => (messages[path] ?? []).some(({ severity }) => severity === 'error'))
  const [asked, setAsked] = useState(false)
  const open = asked || wrong
  return (
    <div>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        aria-expanded={open}
        rightSection={<IconChevronDown size={14} style={open ? { transform: 'rotate(180deg)' } : undefined} />}
        onClick={() => setAsked((old) => !old)}
      >
        {t('forms.more')}
      </Button>
      <Collapse expanded={open}>
        <div className={styles.form} style={{ paddingTop: 8 }}>
          {children}
        </div>
      </Collapse>
    </div>
  )
}
