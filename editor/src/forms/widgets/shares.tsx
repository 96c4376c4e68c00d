import { Button, Input, NumberInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { WidgetProps } from '../widget-props.ts'
import { asWays, equalShares, type NamedWay, newWayId, rounded, shareOf } from './named-ways.ts'
import { useFieldProps } from './simple.tsx'
import { WayHead } from './way-head.tsx'
import styles from './ways.module.css'

/** Named ways out with their shares: percentages under a bar that shows whether they make 100, or counts of which the last takes the rest. */
export function SharesWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { t } = useTranslation()
  const ways = asWays(props.value)
  const percent = props.siblings?.['by'] !== 'count'
  const change = (next: readonly NamedWay[]) => props.onChange(next)
  const equal = (list: readonly NamedWay[]) => {
    const shares = equalShares(list.length)
    change(list.map((way, at) => ({ ...way, share: shares[at] ?? 0 })))
  }
  const full = ways.length >= (props.schema.maxItems ?? Number.POSITIVE_INFINITY)
  const least = 2
  return (
    <Input.Wrapper label={field.label} description={field.description} error={field.error} labelElement="div">
      {percent && <SharesBar ways={ways} />}
      <ol className={styles.ways}>
        {ways.map((way, at) => (
          <li key={way.id} className={styles.share}>
            <WayHead
              way={way}
              path={`${props.path}/${at}`}
              at={at}
              count={ways.length}
              onName={(name) => change(ways.with(at, { ...way, name }))}
              onRemove={ways.length > least ? () => change(ways.toSpliced(at, 1)) : null}
            >
              {!percent && at === ways.length - 1 ? (
                <span className={styles.takesRest}>{t('forms.ways.takesRest')}</span>
              ) : (
                <NumberInput
                  className={styles.number ?? ''}
                  size="xs"
                  aria-label={t(percent ? 'forms.ways.percent' : 'forms.ways.count', { number: at + 1 })}
                  value={shareOf(way)}
                  min={0}
                  {...(percent ? { max: 100, decimalScale: 2 } : { allowDecimal: false, thousandSeparator: ',' })}
                  suffix={percent ? '%' : t('forms.ways.people')}
                  hideControls
                  clampBehavior="blur"
                  onChange={(next) => change(ways.with(at, { ...way, share: typeof next === 'number' ? next : 0 }))}
                />
              )}
            </WayHead>
          </li>
        ))}
      </ol>
      <div className={styles.actions}>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          disabled={full}
          onClick={() =>
            change([...ways, { id: newWayId(ways), name: String.fromCharCode(65 + ways.length), share: percent ? 0 : 100 }])
          }
        >
          {t('forms.ways.addPart')}
        </Button>
        {percent && (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => equal(ways)}>
            {t('forms.ways.equal')}
          </Button>
        )}
      </div>
    </Input.Wrapper>
  )
}

/** The shares beside each other as parts of one bar, and what they make together. */
function SharesBar({ ways }: { ways: readonly NamedWay[] }) {
  const { t } = useTranslation()
  const sum = rounded(ways.reduce((total, way) => total + shareOf(way), 0))
  const left = rounded(100 - sum)
  const words = left === 0 ? 'forms.ways.whole' : left > 0 ? 'forms.ways.left' : 'forms.ways.over'
  return (
    <div className={styles.sum}>
      <div className={styles.bar} data-whole={left === 0} aria-hidden>
        {ways.map((way, at) => (
          <span key={way.id} data-way={at % 8} style={{ flexGrow: shareOf(way) }} />
        ))}
        {left > 0 && <span data-way="none" style={{ flexGrow: left }} />}
      </div>
      <span className={styles.total} data-whole={left === 0} role="status">
        {t(words, { sum, left: Math.abs(left) })}
      </span>
    </div>
  )
}
