import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isComposing } from './composition-guard.ts'
import { readAddress } from './read-address.ts'

interface AddressSearchProps {
  /** What is searched now; null: nothing. */
  readonly address: string | null
  readonly onSearch: (address: string | null) => void
}

/** Finds one exact phone number or e-mail address, which is all that an encrypted list can be searched by. */
export function AddressSearch({ address, onSearch }: AddressSearchProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(address ?? '')
  const [wrong, setWrong] = useState(false)
  useEffect(() => {
    setText(address ?? '')
    setWrong(false)
  }, [address])
  const search = () => {
    const found = readAddress(text)
    setWrong(found === null && text.trim() !== '')
    if (found !== null) onSearch(found)
    else if (text.trim() === '') onSearch(null)
  }
  const clear = () => {
    setText('')
    setWrong(false)
    onSearch(null)
  }
  return (
    <TextInput
      type="search"
      inputMode="search"
      aria-label={t('outbox.search.name')}
      placeholder={t('outbox.search.placeholder')}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={text === '' ? null : <CloseButton size="sm" aria-label={t('outbox.search.clear')} onClick={clear} />}
      value={text}
      error={wrong ? t('outbox.search.short') : null}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={search}
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent)) return
        if (event.key === 'Enter') search()
        if (event.key === 'Escape' && text !== '') {
          event.stopPropagation()
          clear()
        }
      }}
    />
  )
}
