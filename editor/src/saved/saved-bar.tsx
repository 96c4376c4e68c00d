import { Button } from '@mantine/core'
import { IconBookmarkPlus, IconBooks } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChecks, useSession } from '#editor/canvas/session-context.ts'
import { bodyOf, isWorthKeeping, savedKindOf, taken } from '#editor/model/saved.ts'
import { labelOf, setFields } from '#editor/model/session.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import type { Column } from '#schemas/column.ts'
import type { WorkflowNode } from '#schemas/workflow.ts'
import { KeepDialog } from './keep-dialog.tsx'
import { TakeDialog } from './take-dialog.tsx'
import styles from './saved.module.css'

const none: readonly Column[] = []

/** Over the form of a step that can be used again: take one that is kept, keep this one. */
export function SavedBar({ node }: { node: WorkflowNode }) {
  const { t } = useTranslation()
  const session = useSession()
  const language = useLanguage()
  const [open, setOpen] = useState<'take' | 'keep' | null>(null)
  const into = useChecks((state) => state.columns[node.id]?.in['rows'] ?? none)
  const outOf = useChecks((state) => state.columns[node.id]?.out['rows'] ?? none)
  const kind = savedKindOf(node.type)
  if (kind === null) return null
  const added = outOf.filter(({ name }) => !into.some((column) => column.name === name))
  const close = () => setOpen(null)
  return (
    <div className={styles.bar}>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconBooks size={15} aria-hidden />}
        onClick={() => setOpen('take')}
      >
        {t('saved.take.open')}
      </Button>
      {isWorthKeeping(node) && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconBookmarkPlus size={15} aria-hidden />}
          onClick={() => setOpen('keep')}
        >
          {t('saved.keep.open')}
        </Button>
      )}
      <TakeDialog
        opened={open === 'take'}
        type={node.type}
        columns={into}
        onClose={close}
        onTake={(saved) => setFields(session, node.id, taken(saved, node.config))}
      />
      <KeepDialog
        opened={open === 'keep'}
        kept={null}
        make={() => ({ kind, body: bodyOf(node, added) })}
        name={node.label ?? labelOf({ type: node.type, config: node.config }, session.types, language)}
        onClose={close}
      />
    </div>
  )
}
