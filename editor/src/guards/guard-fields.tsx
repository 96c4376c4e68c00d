import { NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DEFAULT_GUARDS, type Guards } from '#schemas/guards.ts'
import { formatNumber } from '#editor/parts/numbers.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { figureOf, GUARD_FIGURES, type GuardFigure, type GuardMode, modeOf, withFigure, withMode } from './guard-choice.ts'
import styles from './guard-fields.module.css'

interface GuardFieldsProps {
  readonly guards: Guards
  /** What holds where nothing is set: the workspace's, or none where these are the workspace's own. */
  readonly workspace: Guards
  readonly onChange: (guards: Guards) => void
}

const least: Readonly<Record<GuardFigure, number>> = { maxRecipients: 1, jump: 1.1, missingValues: 0, cost: 0 }
const most: Readonly<Record<GuardFigure, number>> = {
  maxRecipients: 100_000_000,
  jump: 1_000,
  missingValues: 100_000_000,
  cost: 1_000_000_000_000,
}

/** What is looked at before the first message goes out: each guard as usual, with a figure of its own, or off. */
export function GuardFields({ guards, workspace, onChange }: GuardFieldsProps) {
  return (
    <div className={styles.guards}>
      {GUARD_FIGURES.map((name) => (
        <Figure key={name} name={name} guards={guards} workspace={workspace} onChange={onChange} />
      ))}
      <EmptyAudience guards={guards} workspace={workspace} onChange={onChange} />
    </div>
  )
}

function Figure({ name, guards, workspace, onChange }: GuardFieldsProps & { name: GuardFigure }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const usual = figureOf({ ...DEFAULT_GUARDS, ...workspace }, name)
  const usualText =
    usual === null || usual === undefined
      ? t('guards.off')
      : t(`guards.${name}.figure`, { figure: formatNumber(usual, language) })
  const figure = figureOf(guards, name)
  const label = t(`guards.${name}.label`)
  return (
    <div className={styles.guard}>
      <Select
        label={label}
        description={t(`guards.${name}.help`)}
        value={modeOf(guards, name)}
        allowDeselect={false}
        data={[
          { value: 'default', label: t('guards.default', { usual: usualText }) },
          { value: 'own', label: t('guards.own') },
          { value: 'off', label: t('guards.never') },
        ]}
        onChange={(mode) => isMode(mode) && onChange(withMode(guards, name, { mode, workspace }))}
      />
      {figure !== null && figure !== undefined && (
        <NumberInput
          aria-label={t('guards.ownOf', { name: label })}
          value={figure}
          min={least[name]}
          max={most[name]}
          allowDecimal={name === 'jump'}
          allowNegative={false}
          thousandSeparator=","
          prefix={name === 'cost' ? '₩' : ''}
          suffix={name === 'cost' ? '' : t(`guards.${name}.unit`)}
          onChange={(value) => typeof value === 'number' && value >= least[name] && onChange(withFigure(guards, name, value))}
        />
      )}
    </div>
  )
}

function EmptyAudience({ guards, workspace, onChange }: GuardFieldsProps) {
  const { t } = useTranslation()
  const usual = workspace.empty ?? DEFAULT_GUARDS.empty
  return (
    <Select
      label={t('guards.empty.label')}
      description={t('guards.empty.help')}
      value={guards.empty ?? 'default'}
      allowDeselect={false}
      data={[
        { value: 'default', label: t('guards.default', { usual: t(`guards.empty.${usual}`) }) },
        { value: 'complete', label: t('guards.empty.complete') },
        { value: 'wait', label: t('guards.empty.wait') },
      ]}
      onChange={(value) => {
        const { empty: _old, ...others } = guards
        onChange(value === 'complete' || value === 'wait' ? { ...others, empty: value } : others)
      }}
    />
  )
}

const isMode = (value: string | null): value is GuardMode => value === 'default' || value === 'own' || value === 'off'
