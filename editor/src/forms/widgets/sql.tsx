import { Input, Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '#editor/parts/key-hint.tsx'
import { latePart } from '#editor/parts/late-part.tsx'
import { useForm, useMessages } from '../form-context.ts'
import type { WidgetProps } from '../widget-props.ts'
import { useFieldProps } from './simple.tsx'
import styles from '../forms.module.css'

// A megabyte that only those wait for who write SQL.
const SqlEditor = latePart(async () => (await import('./sql-editor.tsx')).SqlEditor, <Skeleton height={220} radius={8} />)

/** SQL in Monaco, errors at their place, Ctrl+Enter shows the rows. */
export function SqlWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { t } = useTranslation()
  const { dialect, onPreview } = useForm()
  const messages = useMessages(props.path)
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
          value={typeof props.value === 'string' ? props.value : ''}
          onChange={props.onChange}
          language={dialect === 'mysql' || dialect === 'mariadb' ? 'mysql' : 'pgsql'}
          label={field.label}
          messages={messages}
          onSubmit={onPreview}
        />
      </div>
      {onPreview !== null && (
        <div className={styles.below}>
          <KeyHint>Ctrl</KeyHint>
          <KeyHint>Enter</KeyHint>
          {t('forms.sql.preview')}
        </div>
      )}
    </Input.Wrapper>
  )
}
