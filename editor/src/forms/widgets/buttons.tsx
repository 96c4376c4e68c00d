import { ActionIcon, Button as MantineButton, Input, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Button } from '#schemas/message.ts'
import type { WidgetProps } from '../widget-props.ts'
import { errorText, useMessages } from '../form-context.ts'
import { useTextDraft } from '../use-text-draft.ts'
import { asObject } from './object.tsx'
import { useFieldProps } from './simple.tsx'
import styles from '../forms.module.css'

/** Kakao's limit (reference: error 1050), and of a button's name (1049). */
const MOST = 5
const NAME_LENGTH = 14

const kinds = ['WL', 'AL', 'DS', 'BK', 'MD', 'AC'] as const satisfies readonly Button['type'][]
type LinkField = 'linkMobile' | 'linkPc' | 'linkAndroid' | 'linkIos'
const linksOf: Readonly<Record<Button['type'], readonly LinkField[]>> = {
  WL: ['linkMobile', 'linkPc'],
  AL: ['linkAndroid', 'linkIos'],
  DS: [],
  BK: [],
  MD: [],
  AC: [],
}

/** Kakao buttons: what kind, what is written on it, where it leads. */
export function ButtonsWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { t } = useTranslation()
  const list = Array.isArray(props.value) ? props.value.map(asObject) : []
  const change = (next: unknown[]) => props.onChange(next.length === 0 ? undefined : next)
  return (
    <Input.Wrapper
      label={`${field.label} ${list.length} / ${MOST}`}
      description={field.description}
      error={field.error}
      labelElement="div"
    >
      <div className={styles.rows}>
        {list.map((button, index) => (
          // Buttons have no other identity than their place.
          <ButtonRow
            key={index}
            path={`${props.path}/${index}`}
            button={button}
            onChange={(next) => change(list.with(index, next))}
            onRemove={() => change(list.toSpliced(index, 1))}
          />
        ))}
        <MantineButton
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          disabled={list.length >= MOST}
          onClick={() => change([...list, { type: 'WL', name: '' }])}
        >
          {t('forms.buttons.add')}
        </MantineButton>
      </div>
    </Input.Wrapper>
  )
}

interface ButtonRowProps {
  readonly path: string
  readonly button: Record<string, unknown>
  readonly onChange: (button: Record<string, unknown>) => void
  readonly onRemove: () => void
}

function ButtonRow({ path, button, onChange, onRemove }: ButtonRowProps) {
  const { t } = useTranslation()
  const kind = kinds.find((one) => one === button.type) ?? 'WL'
  const set = (name: string, value: string) => {
    const { [name]: _old, ...rest } = button
    onChange(value === '' && name !== 'name' ? rest : { ...button, [name]: value })
  }
  return (
    <div className={styles.group} data-field={path}>
      <div className={styles.pair}>
        <Select
          size="xs"
          aria-label={t('forms.buttons.kind')}
          data={kinds.map((one) => ({ value: one, label: t(`forms.buttons.kinds.${one}`) }))}
          value={kind}
          allowDeselect={false}
          // Links of the old kind do not belong to the new one.
          onChange={(next) => next !== null && onChange({ type: next, name: button.name ?? '' })}
        />
        <ButtonText name="name" path={path} button={button} onSet={set} />
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('forms.buttons.remove')} onClick={onRemove}>
          <IconTrash size={15} />
        </ActionIcon>
      </div>
      {linksOf[kind].map((name) => (
        <ButtonText key={name} name={name} path={path} button={button} onSet={set} />
      ))}
    </div>
  )
}

interface ButtonTextProps {
  readonly name: 'name' | LinkField
  readonly path: string
  readonly button: Record<string, unknown>
  readonly onSet: (name: string, value: string) => void
}

function ButtonText({ name, path, button, onSet }: ButtonTextProps) {
  const { t } = useTranslation()
  const messages = useMessages(`${path}/${name}`)
  const draft = useTextDraft(typeof button[name] === 'string' ? button[name] : '', (text) => onSet(name, text))
  const words = t(`forms.buttons.${name}`)
  return (
    <TextInput
      size="xs"
      aria-label={words}
      placeholder={words}
      error={errorText(messages)}
      {...(name === 'name'
        ? {
            maxLength: NAME_LENGTH,
            rightSection: <small className={styles.left}>{`${Array.from(draft.value).length}/${NAME_LENGTH}`}</small>,
            rightSectionWidth: 44,
          }
        : {})}
      {...draft.props}
    />
  )
}
