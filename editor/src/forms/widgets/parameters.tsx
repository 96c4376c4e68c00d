import { ActionIcon, Input } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { titleOf } from '#schemas/catalog-title.ts'
import { boundColumn, holesOf } from '#editor/sql/parameters.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { useForm } from '../form-context.ts'
import type { WidgetProps } from '../widget-props.ts'
import { asObject } from './object.tsx'
import { ParameterField } from './parameter-field.tsx'
import { useFieldProps } from './simple.tsx'
import { useCatalog, useDialect } from './use-sql-help.ts'
import styles from './parameters.module.css'

/** What a run brings by itself. */
const FACTS: ReadonlySet<string> = new Set(['run_started_at', 'previous_run_at'])

/** Values for the `:name` holes of a statement, as they stand in it. They are bound, never written into the text. */
export function ParametersWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { t } = useTranslation()
  const { columns } = useForm()
  const language = useLanguage()
  const dialect = useDialect()
  const catalog = useCatalog()
  const sql = typeof props.siblings?.['sql'] === 'string' ? props.siblings['sql'] : ''
  const entries = asObject(props.value)
  const holes = holesOf(sql, dialect)
  const names = [...new Set(holes.flatMap(({ name }) => name ?? []))]
  const unused = Object.keys(entries).filter((name) => !names.includes(name))
  if (names.length === 0 && unused.length === 0) return null
  const send = (next: Record<string, unknown>) => props.onChange(Object.keys(next).length === 0 ? undefined : next)
  const remove = (name: string) => send(Object.fromEntries(Object.entries(entries).filter(([one]) => one !== name)))
  const brought = (name: string): 'fact' | 'start' | null =>
    Object.hasOwn(entries, name)
      ? null
      : columns.some((column) => column.name === name)
        ? 'start'
        : FACTS.has(name)
          ? 'fact'
          : null
  return (
    <Input.Wrapper label={field.label} description={field.description} error={field.error} labelElement="div">
      <div className={styles.parameters}>
        {names.map((name) => {
          const hole = holes.find((one) => one.name === name && one.comparedWith !== null)
          const bound = hole ? boundColumn(sql, hole, { dialect, catalog }) : null
          const from = brought(name)
          return (
            <section key={name} className={styles.parameter} aria-label={`:${name}`}>
              <div className={styles.head}>
                <code>:{name}</code>
                {bound !== null && (
                  <small>
                    {titleOf(bound.column, language)} · {bound.column.sourceType}
                  </small>
                )}
              </div>
              {from === null ? (
                <ParameterField
                  path={`${props.path}/${name}`}
                  name={name}
                  value={entries[name]}
                  type={bound?.column.type}
                  values={bound?.column.values}
                  onChange={(next) => send({ ...entries, [name]: next })}
                />
              ) : (
                <p className={styles.note}>{t(from === 'fact' ? 'forms.parameters.fromRun' : 'forms.parameters.fromStart')}</p>
              )}
            </section>
          )
        })}
        {unused.map((name) => (
          <div key={name} className={styles.unused}>
            <code>:{name}</code>
            <span>{t('forms.parameters.unused')}</span>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={26}
              aria-label={t('forms.parameters.remove', { name })}
              onClick={() => remove(name)}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </div>
        ))}
      </div>
    </Input.Wrapper>
  )
}
