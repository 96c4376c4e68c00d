import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createQueryClient } from './api/query-client.ts'
import { router } from './router.tsx'
import { cssVariables, themeWithWords } from './theme/mantine-theme.ts'

/** Everything that all screens share. */
export function App() {
  const { t } = useTranslation()
  const [client] = useState(createQueryClient)
  const close = t('parts.close')
  const theme = useMemo(() => themeWithWords({ close }), [close])
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <Notifications position="bottom-right" limit={4} />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  )
}
