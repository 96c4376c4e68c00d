import { Button, Code, Group } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '#editor/parts/empty-state.tsx'
import { useDocumentTitle } from '#editor/parts/screen.tsx'

/** A screen threw while it was drawn, or its code could not be loaded. The rail stays usable around it. */
export function CrashScreen({ error: thrown, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const queries = useQueryErrorResetBoundary()
  // The server is down, or after an update it has no file of the old name any more. React keeps the failure: only a new page helps.
  const unloaded = /dynamically imported module|module script failed|preload CSS/i.test(error.message)
  const title = unloaded ? t('frame.unloaded.title') : t('frame.crash.title')
  useDocumentTitle(`${title} · ${t('frame.name')}`)
  const retry = () => {
    queries.reset()
    reset()
  }
  return (
    <EmptyState
      heading="h1"
      tone="bad"
      icon={<IconAlertTriangle size={26} aria-hidden />}
      title={title}
      text={unloaded ? t('frame.unloaded.text') : t('frame.crash.text')}
      action={
        <Group justify="center">
          {!unloaded && (
            <Button leftSection={<IconRefresh size={16} aria-hidden />} onClick={retry}>
              {t('frame.crash.retry')}
            </Button>
          )}
          <Button variant={unloaded ? 'filled' : 'default'} onClick={() => location.reload()}>
            {t('frame.crash.reload')}
          </Button>
        </Group>
      }
    >
      <Code block>{`${error.name}: ${error.message}`}</Code>
    </EmptyState>
  )
}
