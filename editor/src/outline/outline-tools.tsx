import { Button } from '@mantine/core'
import { IconPencil, IconPlugConnected, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSession } from '#editor/canvas/session-context.ts'
import { removeSelected } from '#editor/model/session.ts'
import { KeyHint } from '#editor/parts/key-hint.tsx'
import { focusPanel } from './focus-panel.ts'
import styles from './outline.module.css'

/** What can be done with the selected step; each has a key as well. */
export function OutlineTools({ nodeId }: { nodeId: string | undefined }) {
  const { t } = useTranslation()
  const session = useSession()
  const acts = [
    {
      key: 'C',
      icon: IconPlugConnected,
      text: t('outline.link'),
      act: (id: string) => session.view.getState().set({ linking: id }),
    },
    { key: 'Enter', icon: IconPencil, text: t('outline.open'), act: (id: string) => focusPanel(session, id) },
    { key: 'Del', icon: IconTrash, text: t('outline.remove'), act: () => removeSelected(session) },
  ]
  return (
    <div role="toolbar" aria-label={t('outline.tools')} className={styles.tools}>
      {acts.map(({ key, icon: Icon, text, act }) => (
        <Button
          key={key}
          size="xs"
          variant="default"
          disabled={nodeId === undefined}
          leftSection={<Icon size={14} aria-hidden />}
          rightSection={<KeyHint>{key}</KeyHint>}
          onClick={() => nodeId !== undefined && act(nodeId)}
        >
          {text}
        </Button>
      ))}
    </div>
  )
}
