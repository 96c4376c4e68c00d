import { Button, Skeleton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Workflow } from '#schemas/api/workflows.ts'
import type { Preview } from '#schemas/preview.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { api } from '#editor/api/client.ts'
import { useNodeTypes } from '#editor/api/workflows.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { PhoneBubble } from '#editor/parts/phone-bubble.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { Screen } from '#editor/parts/screen.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import { FlowChain } from '../home/flow-chain.tsx'
import { chainOf, firstMessages } from './example-facts.ts'
import { readExamples } from './examples.ts'
import styles from './examples-screen.module.css'

/** People whose messages are shown of each example. */
const SHOWN = 3

/** Workflows to begin with, each with the messages that it makes now. */
export function ExamplesScreen() {
  const { t } = useTranslation()
  const query = useQuery({ queryKey: ['examples'], queryFn: readExamples, staleTime: Number.POSITIVE_INFINITY })
  const crumbs = (
    <>
      <Link to="/">{t('frame.rail.workflows')}</Link> /
    </>
  )
  return (
    <Screen title={t('examples.title')} crumbs={crumbs}>
      <p className={styles.lead}>{t('examples.text')}</p>
      <QueryState query={query} skeleton={<Skeleton height={420} radius={14} />}>
        {(examples) => (
          <div className={styles.examples}>
            {examples.map(({ key, document }) => (
              <Example key={key} id={key} document={document} />
            ))}
          </div>
        )}
      </QueryState>
    </Screen>
  )
}

function Example({ id, document }: { id: string; document: WorkflowDocument }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const types = useNodeTypes().data?.items ?? []
  const client = useQueryClient()
  const navigate = useNavigate()
  const make = useMutation({
    mutationFn: () => api.post<Workflow>('/api/workflows', document),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['workflows'] })
      await navigate({ to: '/workflows/$id', params: { id: made.id }, search: { view: 'steps' } })
    },
  })
  return (
    <section className={styles.example} aria-labelledby={`example-${id}`}>
      <header>
        <h2 id={`example-${id}`}>{document.name}</h2>
        <p>{document.description}</p>
        <FlowChain chain={chainOf(document, types, language)} />
      </header>
      <Messages id={id} document={document} />
      <footer>
        {make.error !== null && <ErrorNote error={make.error} onRetry={() => make.mutate()} />}
        <Button
          fullWidth
          leftSection={<IconPlus size={16} aria-hidden />}
          loading={make.isPending}
          aria-describedby={`example-${id}`}
          onClick={() => make.mutate()}
        >
          {t('examples.start')}
        </Button>
      </footer>
    </section>
  )
}

/** What it would say to the first people, made by the server from the sample's own rows. */
function Messages({ id, document }: { id: string; document: WorkflowDocument }) {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['examples', id, 'preview'],
    queryFn: ({ signal }) => api.post<Preview>('/api/preview', { document, limit: SHOWN }, { signal }),
    staleTime: 60_000,
  })
  return (
    <div
      className={styles.phone}
      role="group"
      aria-label={t('examples.messages', { name: document.name })}
      // It scrolls: whoever has no wheel must get into it.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <QueryState query={query} skeleton={<Skeleton height={240} radius={12} />}>
        {(preview) => {
          const messages = firstMessages(preview)
          if (messages.length === 0) return <p className={styles.none}>{t('examples.noMessages')}</p>
          return messages.map(({ row, name, address, channel, parts, variables, missing }) => (
            <article key={row} aria-label={name ?? address ?? ''}>
              <PhoneBubble frame="bare" {...{ channel, parts, missing }} values={variables} />
            </article>
          ))
        }}
      </QueryState>
    </div>
  )
}
