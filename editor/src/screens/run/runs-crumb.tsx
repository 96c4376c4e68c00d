import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

/** The way back to all runs. */
export function RunsCrumb() {
  const { t } = useTranslation()
  return (
    <>
      <Link to="/runs">{t('screens.runs.title')}</Link> /
    </>
  )
}
