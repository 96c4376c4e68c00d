import { ActionIcon, Button, Input, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { plainText } from '#editor/model/plain-text.ts'
import { errorText, useMessages } from '../form-context.ts'
import type { WidgetProps } from '../widget-props.ts'
import { useTextDraft } from '../use-text-draft.ts'
import { asObject } from './object.tsx'
import { useFieldProps } from './simple.tsx'
import styles from '../forms.module.css'

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Values for the `:name` holes of a statement. They are bound, never written into the text. */
export function ParametersWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { t } = useTranslation()
  const entries = asObject(props.value)
  const [name, setName] = useState('')
  const send = (next: Record<string, unknown>) => props.onChange(Object.keys(next).length === 0 ? undefined : next)
  const clean = name.trim().replace(/^:/, '')
  const wrong = clean !== '' && (!NAME.test(clean) || Object.hasOwn(entries, clean))
  return (
    <Input.Wrapper label={field.label} description={field.description} error={field.error} labelElement="div">
      <div className={styles.rows}>
        {Object.entries(entries).map(([key, value]) => (
          <div key={key} className={styles.pair}>
            <code className={styles.parameter}>:{key}</code>
            <ParameterValue
              path={`${props.path}/${key}`}
              name={key}
              value={value}
              onChange={(next) => send({ ...entries, [key]: next })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={26}
              aria-label={t('forms.parameters.remove', { name: key })}
              onClick={() => send(Object.fromEntries(Object.entries(entries).filter(([one]) => one !== key)))}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </div>
        ))}
        <div className={styles.pair}>
          <TextInput
            size="xs"
            aria-label={t('forms.parameters.name')}
            placeholder={t('forms.parameters.name')}
            value={name}
            error={wrong ? t('forms.parameters.badName') : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} />}
            disabled={clean === '' || wrong}
            onClick={() => {
              send({ ...entries, [clean]: '' })
              setName('')
            }}
          >
            {t('forms.parameters.add')}
          </Button>
        </div>
      </div>
    </Input.Wrapper>
  )
}

function ParameterValue({
  path,
  name,
  value,
  onChange,
}: {
  path: string
  name: string
  value: unknown
  onChange: (value: string) => void
}) {
  const { t } = useTranslation()
  const messages = useMessages(path)
  const draft = useTextDraft(plainText(value), onChange)
  return (
    <TextInput
      size="xs"
      aria-label={t('forms.parameters.value', { name })}
      placeholder={t('forms.parameters.value', { name })}
      error={errorText(messages)}
      {...draft.props}
    />
  )
}
