import { Chip, Input, NumberInput, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { schedulePreviewQuery } from '#editor/api/schedules.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { cronOf, type CronPlan, planOf } from '../cron.ts'
import { useForm } from '../form-context.ts'
import type { WidgetProps } from '../widget-props.ts'
import { useTextDraft } from '../use-text-draft.ts'
import { useFieldProps } from './simple.tsx'
import styles from '../forms.module.css'

const kinds = ['hourly', 'daily', 'weekly', 'monthly', 'lastDay', 'custom'] as const
type Kind = (typeof kinds)[number]

function planWithKind(kind: Kind, old: CronPlan): CronPlan {
  const time = 'time' in old ? old.time : '09:00'
  if (kind === 'hourly') return { kind, minute: 0 }
  if (kind === 'daily' || kind === 'lastDay') return { kind, time }
  if (kind === 'weekly') return { kind, time, weekdays: [1] }
  return kind === 'monthly' ? { kind, time, day: 1 } : { kind }
}

/** When it starts, in words: every day, week, month; or the expression itself. The next starts are shown with their zone. */
export function CronWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { t } = useTranslation()
  const cron = typeof props.value === 'string' ? props.value : ''
  const [raw, setRaw] = useState(false)
  const plan = raw ? ({ kind: 'custom' } as const) : planOf(cron)
  const send = (next: CronPlan) => next.kind !== 'custom' && props.onChange(cronOf(next))
  return (
    <Input.Wrapper label={field.label} error={field.error} labelElement="div">
      <div className={styles.rows}>
        <Select
          aria-label={field.label}
          data={kinds.map((kind) => ({ value: kind, label: t(`forms.cron.${kind}`) }))}
          value={plan.kind}
          allowDeselect={false}
          onChange={(kind) => {
            setRaw(kind === 'custom')
            if (kind !== null) send(planWithKind(kind, planOf(cron)))
          }}
        />
        <PlanFields plan={plan} onChange={send} />
        {plan.kind === 'custom' && <RawCron cron={cron} onChange={props.onChange} />}
        <NextRuns cron={cron} />
      </div>
    </Input.Wrapper>
  )
}

function PlanFields({ plan, onChange }: { plan: CronPlan; onChange: (plan: CronPlan) => void }) {
  const { t } = useTranslation()
  if (plan.kind === 'custom') return null
  if (plan.kind === 'hourly') {
    return (
      <NumberInput
        label={t('forms.cron.minute')}
        min={0}
        max={59}
        value={plan.minute}
        onChange={(minute) => typeof minute === 'number' && onChange({ ...plan, minute })}
      />
    )
  }
  const time = (
    <TextInput
      type="time"
      label={t('forms.cron.time')}
      value={plan.time}
      onChange={(event) => event.currentTarget.value !== '' && onChange({ ...plan, time: event.currentTarget.value })}
    />
  )
  if (plan.kind === 'weekly') {
    return (
      <>
        <Weekdays chosen={plan.weekdays} onChange={(weekdays) => onChange({ ...plan, weekdays })} />
        {time}
      </>
    )
  }
  if (plan.kind === 'daily' || plan.kind === 'lastDay') return time
  return (
    <div className={styles.pair}>
      <NumberInput
        label={t('forms.cron.day')}
        min={1}
        max={31}
        value={plan.day}
        onChange={(day) => typeof day === 'number' && onChange({ ...plan, day })}
      />
      {time}
    </div>
  )
}

/** 2024-09-01 was a Sunday: a week of names in the person's language. */
const SUNDAY = Date.UTC(2024, 8, 1)

function Weekdays({ chosen, onChange }: { chosen: readonly number[]; onChange: (weekdays: number[]) => void }) {
  const language = useLanguage()
  const { t } = useTranslation()
  const name = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  return (
    <Chip.Group multiple value={chosen.map(String)} onChange={(next) => next.length > 0 && onChange(next.map(Number))}>
      <div className={styles.weekdays} role="group" aria-label={t('forms.cron.weekdays')}>
        {[1, 2, 3, 4, 5, 6, 0].map((day) => (
          <Chip
            key={day}
            value={String(day)}
            size="xs"
            icon={null}
            variant="filled"
            vars={chipSize}
            classNames={{ iconWrapper: styles.noIcon ?? '' }}
          >
            {name.format(SUNDAY + day * 86_400_000)}
          </Chip>
        ))}
      </div>
    </Chip.Group>
  )
}

/** Mantine makes a chosen one narrower by its sign, which is not shown, and all of them 23 px high. So seven fit into a line. */
const chipSize = () => ({ root: { '--chip-size': '26px', '--chip-padding': '8px', '--chip-checked-padding': '8px' } })

function RawCron({ cron, onChange }: { cron: string; onChange: (cron: string) => void }) {
  const { t } = useTranslation()
  const draft = useTextDraft(cron, onChange)
  return (
    <TextInput
      label={t('forms.cron.expression')}
      description={t('forms.cron.expressionHelp')}
      spellCheck={false}
      classNames={{ input: styles.mono ?? '' }}
      {...draft.props}
    />
  )
}

function NextRuns({ cron }: { cron: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { timezone } = useForm()
  // The server's own reckoning: changes of the clock and short months are in it.
  const runs = useQuery(schedulePreviewQuery(cron, timezone)).data?.fires ?? []
  if (runs.length === 0) return null
  const format = new Intl.DateTimeFormat(language, {
    timeZone: timezone,
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return (
    <div className={styles.next}>
      <b>{t('forms.cron.next')}</b>
      {runs.map((run) => (
        <span key={run}>{format.format(new Date(run))}</span>
      ))}
      <small>{timezone}</small>
    </div>
  )
}
