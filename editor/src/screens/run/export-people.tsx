import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { fetchFile } from '#editor/api/client.ts'
import { Confirm } from '#editor/parts/confirm.tsx'
import { saveFile } from '#editor/parts/save-file.ts'
import { toastDone, toastError } from '#editor/parts/toasts.ts'
import type { RunSearch } from './run-search.ts'

interface ExportPeopleProps {
  readonly run: Run
  /** What the list is filtered by is what is exported. */
  readonly filter: Pick<RunSearch, 'state' | 'node'>
}

/** The people of a run as a file for a spreadsheet; with names and numbers as they are only after a word about it. */
export function ExportPeople({ run, filter }: ExportPeopleProps) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const save = useMutation({
    mutationFn: (personal: boolean) =>
      fetchFile(`/api/runs/${encodeURIComponent(run.id)}/messages.csv`, { ...filter, personal: personal || undefined }),
    onSuccess: ({ content, name }) => {
      saveFile(content, name ?? `${run.workflowName} #${run.number}.csv`)
      toastDone(t('run.export.done'))
    },
    onError: (error) => toastError(error),
    onSettled: () => setAsking(false),
  })
  const known = run.personalData === undefined || (run.personalData.erasedAt === null && run.personalData.deletedAt === null)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={save.isPending}>
            {t('run.export.open')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => save.mutate(false)}>{t('run.export.masked')}</Menu.Item>
          {known && <Menu.Item onClick={() => setAsking(true)}>{t('run.export.whole')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={asking}
        title={t('run.export.title')}
        text={t('run.export.text')}
        action={t('run.export.go')}
        busy={save.isPending}
        onConfirm={() => save.mutate(true)}
        onCancel={() => setAsking(false)}
      />
    </>
  )
}
