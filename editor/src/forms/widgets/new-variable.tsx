import { Button, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isComposing } from '#editor/parts/composition-guard.ts'
import { isVariableName } from './is-variable-name.ts'
import styles from '../forms.module.css'

/** Adds a variable that no text asks for yet. */
export function NewVariable({ taken, onAdd }: { taken: readonly string[]; onAdd: (name: string) => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const clean = name.trim().normalize('NFC')
  const error = taken.includes(clean)
    ? t('forms.mapping.taken')
    : clean !== '' && !isVariableName(clean)
      ? t('forms.mapping.badName')
      : null
  const add = () => {
    if (clean === '' || error !== null) return
    onAdd(clean)
    setName('')
  }
  return (
    <div className={styles.newVariable}>
      <TextInput
        size="xs"
        aria-label={t('forms.mapping.newName')}
        placeholder={t('forms.mapping.newName')}
        value={name}
        error={error}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !isComposing(event.nativeEvent)) add()
        }}
      />
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} />}
        disabled={clean === '' || error !== null}
        onClick={add}
      >
        {t('forms.mapping.add')}
      </Button>
    </div>
  )
}
