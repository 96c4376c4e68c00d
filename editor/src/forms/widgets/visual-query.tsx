import { Input, Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { latePart } from '#editor/parts/late-part.tsx'
import type { VisualQuery } from '#schemas/visual-query.ts'
import type { WidgetProps } from '../widget-props.ts'
import { useFieldProps } from './simple.tsx'

// Only those wait for it who pick people from tables.
const QueryForm = latePart(
  async () => (await import('./visual-query/query-form.tsx')).QueryForm,
  <Skeleton height={220} radius={8} />,
)

const isQuery = (value: unknown): value is VisualQuery =>
  typeof value === 'object' &&
  value !== null &&
  'table' in value &&
  typeof value.table === 'string' &&
  'columns' in value &&
  Array.isArray(value.columns)

/** Who gets the message, from the tables of the connection that the form names. */
export function VisualQueryWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { t } = useTranslation()
  const connection = props.siblings?.connection
  const query = isQuery(props.value) ? props.value : { table: '', columns: [] }
  return (
    <Input.Wrapper error={field.error} labelElement="div">
      {typeof connection === 'string' && connection !== '' ? (
        <QueryForm key={connection} connection={connection} query={query} path={props.path} onChange={props.onChange} />
      ) : (
        <p>{t('tableQuery.noConnection')}</p>
      )}
    </Input.Wrapper>
  )
}
