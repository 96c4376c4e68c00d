import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isComposing } from './composition-guard.ts'
import { readAddress } from './read-address.ts'

interface AddressSearchProps {
  /** What is searched now; null: nothing. */
  readonly address: string | null
  readonly onSearch: (address: string | null) => void
  /** Also whole ids of other channels (a user's, a device's), which have no form of their own. */
  readonly ids?: boolean
}

/** Shorter than this is no id. */
const SHORTEST_ID = 3

/** Finds one exact phone number or e-mail address, which is all that an encrypted list can be searched by. */
export function AddressSearch({ address, onSearch, ids = false }: AddressSearchProps) {
  const { t } = useTranslation()
  // What is being typed, and over which search: a search that comes from elsewhere (a link, the back button) wins over it.
  const [draft, setDraft] = useState<{ over: string | null; text: string; wrong: boolean } | null>(null)
  const shown = draft !== null && draft.over === address ? draft : { text: address ?? '', wrong: false }
  const { text, wrong } = shown
  const setText = (next: string) => setDraft({ over: address, text: next, wrong: false })
  const search = () => {
    const typed = text.normalize('NFKC').trim()
    const found = readAddress(text) ?? (ids && typed.length >= SHORTEST_ID ? typed : null)
    // Leaving the field untouched asks for nothing.
    if (found === address || (found === null && text.trim() === '' && address === null)) return setDraft(null)
    if (found !== null) onSearch(found)
    else if (text.trim() === '') onSearch(null)
    else setDraft({ over: address, text, wrong: true })
  }
  const clear = () => {
    setText('')
    onSearch(null)
  }
  return (
    <TextInput
      type="search"
      inputMode="search"
      aria-label={t('outbox.search.name')}
      placeholder={t(ids ? 'outbox.search.placeholderIds' : 'outbox.search.placeholder')}
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
