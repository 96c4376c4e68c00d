import { Input, Skeleton } from '@mantine/core'
import { useRef } from 'react'
import { latePart } from '#editor/parts/late-part.tsx'
import { useForm, useMessages } from '../form-context.ts'
import type { WidgetProps } from '../widget-props.ts'
import { BoundHoles } from './bound-holes.tsx'
import { useFieldProps } from './simple.tsx'
import { SqlTools, useSqlTools } from './sql-tools.tsx'
import { useSqlHelp } from './use-sql-help.ts'
import styles from '../forms.module.css'

// A megabyte that only those wait for who write SQL.
const SqlEditor = latePart(async () => (await import('./sql-editor.tsx')).SqlEditor, <Skeleton height={220} radius={8} />)

/** SQL in Monaco: what can be written is offered, errors stand at their place, Ctrl+Enter shows the rows. */
export function SqlWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { dialect } = useForm()
  const messages = useMessages(props.path)
  const sql = typeof props.value === 'string' ? props.value : ''
  const help = useSqlHelp(sql)
  const inserter = useRef<((text: string) => void) | null>(null)
  const tools = useSqlTools(sql, props.onChange)
  return (
    <Input.Wrapper
      label={field.label}
      description={field.description}
      error={field.error}
      labelElement="div"
      withAsterisk={props.required}
    >
      <div className={styles.sql} data-wrong={field.error !== undefined}>
        <SqlEditor
          value={sql}
          onChange={props.onChange}
          language={dialect === 'mysql' || dialect === 'mariadb' ? 'mysql' : 'pgsql'}
          label={field.label}
          messages={messages}
          onSubmit={tools.preview}
          onFormat={tools.format}
          help={help}
          inserter={inserter}
        />
      </div>
      <SqlTools tools={tools} sql={sql} catalog={help.catalog} onInsert={(text) => inserter.current?.(text)} />
      {props.schema['x-form']?.binds === 'columns' && <BoundHoles sql={sql} onChange={props.onChange} />}
    </Input.Wrapper>
  )
}
