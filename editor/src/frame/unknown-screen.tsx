import { Button } from '@mantine/core'
import { IconMapQuestion } from '@tabler/icons-react'
import { Link, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '#editor/parts/empty-state.tsx'
import { useDocumentTitle } from '#editor/parts/screen.tsx'

/** An address without a screen. */
export function UnknownScreen() {
  const { t } = useTranslation()
  const path = useRouterState({ select: (state) => state.location.pathname })
  useDocumentTitle(`${t('frame.unknown.title')} · ${t('frame.name')}`)
  return (
    <EmptyState
      heading="h1"
      icon={<IconMapQuestion size={26} aria-hidden />}
      title={t('frame.unknown.title')}
      text={t('frame.unknown.text', { path })}
      action={<Button renderRoot={(props) => <Link to="/" {...props} />}>{t('frame.unknown.home')}</Button>}
    />
  )
}
