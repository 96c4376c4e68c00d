import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isComposing } from '#editor/parts/composition-guard.ts'
import { useForm } from '../form-context.ts'
import { isVariableName } from './is-variable-name.ts'

/** The name of a variable; another one goes into the texts as well, and all that is set for it stays. Taken over by Enter or leaving. */
export function VariableName({ name }: { name: string }) {
  const { t } = useTranslation()
  const { variables } = useForm()
  const [typed, setTyped] = useState(name)
  const [isTaken, setTaken] = useState(false)
  if (variables === null) return null
  const clean = typed.trim().normalize('NFC')
  const error = isTaken ? t('forms.mapping.taken') : clean === '' || isVariableName(clean) ? null : t('forms.mapping.badName')
  const take = () => {
    if (clean === '') setTyped(name)
    else if (clean !== name && error === null) setTaken(!variables.rename(name, clean))
  }
  return (
    <TextInput
      size="xs"
      label={t('forms.mapping.rename')}
      description={t('forms.mapping.renameHelp')}
      value={typed}
      error={error}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        setTaken(false)
      }}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !isComposing(event.nativeEvent)) take()
      }}
    />
  )
}
