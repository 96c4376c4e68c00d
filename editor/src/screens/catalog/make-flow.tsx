import { Button } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Workflow } from '#schemas/api/workflows.ts'
import type { Catalog, CatalogTable } from '#schemas/catalog.ts'
import { titleOf } from '#schemas/catalog-title.ts'
import { api } from '#editor/api/client.ts'
import { nodeTypesQuery } from '#editor/api/workflows.ts'
import { phoneColumn } from '#editor/catalog/purpose.ts'
import { tableFlow } from '#editor/catalog/table-flow.ts'
import { toastError } from '#editor/parts/toasts.ts'
import { useLanguage } from '#editor/words/use-language.ts'

/** Draws the workflow that writes to the rows of a table, and opens it. Nothing where there is no number to write to. */
export function MakeFlow({ catalog, table }: { catalog: Catalog; table: CatalogTable }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const client = useQueryClient()
  const navigate = useNavigate()
  const make = useMutation({
    mutationFn: async () => {
      const { items } = await client.ensureQueryData(nodeTypesQuery)
      const document = tableFlow({
        catalog,
        table,
        language,
        types: new Set(items.map(({ type }) => type)),
        name: t('catalog.flow.name', { table: titleOf(table, language) }),
        greeting: (hole) => t('startList.message.greeting', { hole }),
      })
      if (document === null) throw new Error(t('catalog.flow.noPhone'))
      return api.post<Workflow>('/api/workflows', document)
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['workflows'] })
      // Folded: who gets it, what it says, and the messages as they would come.
      await navigate({ to: '/workflows/$id', params: { id }, search: { view: 'steps' } })
    },
    onError: (error) => toastError(error),
  })
  if (phoneColumn(table) === null) return null
  return (
    <Button
      size="compact-md"
      rightSection={<IconArrowRight size={16} aria-hidden />}
      loading={make.isPending}
      onClick={() => make.mutate()}
    >
      {t('catalog.flow.make')}
    </Button>
  )
}
