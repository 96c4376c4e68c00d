import { useTranslation } from 'react-i18next'
import { SaveStateLabel } from '#editor/parts/save-state.tsx'
import type { SaveState } from '#editor/model/autosave.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import type { Workflow } from '#schemas/api/workflows.ts'

/** Saved, saving, offline: said beside the name, announced politely. */
export function DraftState({ saveState }: { saveState: SaveState<Workflow> }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const time = (at: number) =>
    new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
  if (saveState.kind === 'saved') {
    return (
      <SaveStateLabel
        state="saved"
        text={saveState.at === null ? t('editor.save.saved') : t('editor.save.savedAt', { time: time(saveState.at) })}
      />
    )
  }
  if (saveState.kind === 'offline') return <SaveStateLabel state="offline" text={t('editor.save.offline')} />
  if (saveState.kind === 'refused')
    return <SaveStateLabel state="failed" text={t('editor.save.refused', { message: saveState.message })} />
  if (saveState.kind === 'conflict') return <SaveStateLabel state="failed" text={t('editor.save.conflict')} />
  return <SaveStateLabel state="saving" text={t('editor.save.saving')} />
}
