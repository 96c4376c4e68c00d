import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { retentionQuery } from '#editor/api/retention.ts'
import { QueryState } from '#editor/parts/query-state.tsx'
import { Card } from './card.tsx'
import { ErasePerson } from './erase-person.tsx'
import { KeepForm } from './keep-form.tsx'

/** How long people are kept, and how one of them is erased. */
export function PrivacyCard() {
  const { t } = useTranslation()
  const query = useQuery(retentionQuery)
  return (
    <Card anchor="privacy" title={t('privacy.title')} text={t('privacy.text')}>
      <QueryState query={query}>{({ keepMonths }) => <KeepForm keepMonths={keepMonths} />}</QueryState>
      <ErasePerson />
    </Card>
  )
}
