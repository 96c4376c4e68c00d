import { Button } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Workflow } from '#schemas/api/workflows.ts'
import { api } from '#editor/api/client.ts'
import { workflowPath } from '#editor/api/workflows.ts'
import { Pill } from '#editor/parts/pill.tsx'
import { toastError } from '#editor/parts/toasts.ts'
import type { OpenDraft } from './use-editor-session.ts'
import { takeTheirs } from './take-theirs.ts'
import { useElsewhere } from './use-elsewhere.ts'

/** Who else has the workflow open; and, when they saved something, the way to have it here. */
export function Elsewhere({ draft }: { draft: OpenDraft }) {
  const { t } = useTranslation()
  const { others, newer } = useElsewhere(draft)
  const load = useMutation({
    mutationFn: () => api.get<Workflow>(workflowPath(draft.session.workflowId)),
    onSuccess: ({ document, revision }) => takeTheirs(draft, { document, revision }),
    onError: (error) => toastError(error),
  })
  const names = [...new Set(others.flatMap(({ name }) => name ?? []))]
  const windows = others.filter(({ name }) => name === null).length
  const who = [...names, ...(windows > 0 ? [t('editor.elsewhere.windows', { count: windows })] : [])].join(', ')
  return (
    <span role="status" style={{ display: 'contents' }}>
      {newer ? (
        <Button
          size="compact-xs"
          variant="light"
          color="yellow"
          c="var(--warn)"
          style={{ flex: 'none' }}
          aria-label={t('editor.elsewhere.newerTitle')}
          title={t('editor.elsewhere.newerTitle')}
          loading={load.isPending}
          onClick={() => load.mutate()}
        >
          {t('editor.elsewhere.newer')}
        </Button>
      ) : (
        // Beside what went wrong there is neither room nor need for it.
        who !== '' &&
        draft.saveState.kind !== 'conflict' &&
        draft.saveState.kind !== 'refused' && (
          <Pill tone="warn" icon={<IconUsers size={13} aria-hidden />} title={t('editor.elsewhere.title', { who })}>
            {who}
          </Pill>
        )
      )}
    </span>
  )
}
