import { Button } from '@mantine/core'
import { IconPin } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useChecks, useDocument, useSession } from '#editor/canvas/session-context.ts'
import { labelOf } from '#editor/model/session.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { useRelease } from './use-pin-choice.ts'
import styles from './dock.module.css'

/** That the rows shown are pinned ones, of the selected step or else of any source; and letting go of them. */
export function PinnedNote({ onReleased }: { onReleased: () => void }) {
  const { t } = useTranslation()
  const session = useSession()
  const language = useLanguage()
  const selected = useDocument((state) => state.selectedNodes[0])
  const samples = useChecks((state) => state.preview?.samples)
  const nodes = useDocument((state) => state.document.nodes)
  const { release, releasing } = useRelease()
  // What is pinned of a step that is gone waits for the step to come back.
  const pinned = nodes.filter(({ id }) => samples?.[id] !== undefined)
  const node = pinned.find(({ id }) => id === selected) ?? pinned[0]
  const sample = node === undefined ? undefined : samples?.[node.id]
  if (node === undefined || sample === undefined) return null
  return (
    <span
      className={styles.pinned}
      data-stale={sample.stale}
      title={t('editor.pin.of', { label: labelOf(node, session.types, language) })}
    >
      <IconPin size={14} aria-hidden />
      {sample.stale ? t('editor.pin.stale') : t('editor.pin.pinned', { count: sample.rows })}
      <Button
        variant="subtle"
        size="compact-sm"
        loading={releasing}
        onClick={() => {
          release(node.id)
          onReleased()
        }}
      >
        {t('editor.pin.release')}
      </Button>
    </span>
  )
}
