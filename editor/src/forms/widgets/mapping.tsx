import { Button, Input } from '@mantine/core'
import { IconWand } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useForm } from '../form-context.ts'
import type { FormSchema } from '../form-schema.ts'
import type { WidgetProps } from '../widget-props.ts'
import { MappingRow } from './mapping-row.tsx'
import { NewVariable } from './new-variable.tsx'
import { asObject } from './object.tsx'
import { useFieldProps } from './simple.tsx'
import styles from '../forms.module.css'

/** Schema of one variable's entry, however the record says it. */
function entrySchema(schema: FormSchema): FormSchema {
  if (typeof schema.additionalProperties === 'object') return schema.additionalProperties
  return Object.values(schema.patternProperties ?? {})[0] ?? {}
}

/** Which column fills which variable. What the texts ask for and nothing fills yet is a red gap with a guess beside it. */
export function MappingWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { t } = useTranslation()
  const { variablesWanted, suggest } = useForm()
  const entries = asObject(props.value)
  const names = [...new Set([...variablesWanted, ...Object.keys(entries)])]
  const change = (name: string, entry: unknown) => {
    const { [name]: _old, ...rest } = entries
    props.onChange(entry === undefined ? rest : { ...entries, [name]: entry })
  }
  const filled = names.filter(
    (name) => typeof asObject(entries[name]).column === 'string' && asObject(entries[name]).column !== '',
  )
  const guesses = names
    .filter((name) => !filled.includes(name))
    .flatMap((name) => {
      const best = suggest(name)[0]
      return best === undefined ? [] : [[name, { ...asObject(entries[name]), column: best.column.name }] as const]
    })
  return (
    <Input.Wrapper description={field.description} error={names.length === 0 ? field.error : undefined} labelElement="div">
      <div className={styles.mappingHead}>
        <span>
          {names.length === 0 ? field.label : t('forms.mapping.filled', { filled: filled.length, total: names.length })}
        </span>
        {guesses.length > 0 && (
          <Button
            variant="light"
            size="compact-sm"
            leftSection={<IconWand size={14} />}
            onClick={() => props.onChange({ ...entries, ...Object.fromEntries(guesses) })}
          >
            {t('forms.mapping.fillAll', { count: guesses.length })}
          </Button>
        )}
      </div>
      <div className={styles.mapping} role="list">
        {names.map((name) => (
          <MappingRow
            key={name}
            name={name}
            path={`${props.path}/${name}`}
            schema={entrySchema(props.schema)}
            entry={asObject(entries[name])}
            wanted={variablesWanted.includes(name)}
            onChange={(entry) => change(name, entry)}
          />
        ))}
        {names.length === 0 && <p className={styles.quiet}>{t('forms.mapping.none')}</p>}
      </div>
      <NewVariable taken={names} onAdd={(name) => change(name, { column: suggest(name)[0]?.column.name ?? '' })} />
    </Input.Wrapper>
  )
}
