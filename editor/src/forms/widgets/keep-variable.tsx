import { Button } from '@mantine/core'
import { IconBookmarkPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KeepDialog } from '#editor/saved/keep-dialog.tsx'

/** Keeps one variable with its column, format and what happens when it is empty, for other mappings. */
export function KeepVariable({ name, entry }: { name: string; entry: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button
        variant="subtle"
        size="compact-xs"
        mt={4}
        leftSection={<IconBookmarkPlus size={14} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {t('saved.keep.variable')}
      </Button>
      <KeepDialog
        opened={opened}
        kept={null}
        make={() => ({ kind: 'variable-mapping', body: { variable: name, entry } })}
        name={name}
        onClose={() => setOpened(false)}
      />
    </>
  )
}
