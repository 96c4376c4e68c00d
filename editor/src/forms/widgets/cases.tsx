import { Button, Input } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { FormField } from '../form-field.tsx'
import type { WidgetProps } from '../widget-props.ts'
import { asWays, moved, newWayId } from './named-ways.ts'
import { useFieldProps } from './simple.tsx'
import { WayHead } from './way-head.tsx'
import styles from './ways.module.css'

/** Named ways out with their conditions, in the order in which they are tried; who fits none goes on as "rest". */
export function CasesWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { t } = useTranslation()
  const ways = asWays(props.value)
  const conditions = props.schema.items?.properties?.conditions ?? {}
  const full = ways.length >= (props.schema.maxItems ?? Number.POSITIVE_INFINITY)
  const add = () => props.onChange([...ways, { id: newWayId(ways), name: '', conditions: { join: 'all', items: [] } }])
  return (
    <Input.Wrapper label={field.label} description={field.description} error={field.error} labelElement="div">
      <ol className={styles.ways}>
        {ways.map((way, at) => (
          <li key={way.id} className={styles.way}>
            <WayHead
              way={way}
              path={`${props.path}/${at}`}
              at={at}
              count={ways.length}
              onName={(name) => props.onChange(ways.with(at, { ...way, name }))}
              onMove={(by) => props.onChange(moved(ways, at, by))}
              onRemove={ways.length > 1 ? () => props.onChange(ways.toSpliced(at, 1)) : null}
            />
            <FormField
              name="conditions"
              path={`${props.path}/${at}/conditions`}
              schema={{ ...conditions, 'x-text': { title: { en: '', ko: '' } } }}
              required
              value={way.conditions}
              onChange={(next) => props.onChange(ways.with(at, { ...way, conditions: next }))}
            />
          </li>
        ))}
        <li className={styles.rest}>
          <b>{t('forms.ways.rest')}</b>
          <span>{t('forms.ways.restHelp')}</span>
        </li>
      </ol>
      <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} disabled={full} onClick={add}>
        {t('forms.ways.addCase')}
      </Button>
      {full && <p className={styles.note}>{t('forms.ways.most', { count: ways.length })}</p>}
    </Input.Wrapper>
  )
}
