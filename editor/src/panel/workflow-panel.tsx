import { Textarea, TextInput } from '@mantine/core'
import { IconSitemap } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useChecks, useDocument, useSession } from '#editor/canvas/session-context.ts'
import { useTextDraft } from '#editor/forms/use-text-draft.ts'
import { ZoneSelect } from '#editor/parts/zone-select.tsx'
import type { AboutPatch } from '#editor/model/change.ts'
import { labelOf } from '#editor/model/session.ts'
import { showStep } from '#editor/model/session-marks.ts'
import { Tile } from '#editor/parts/tile.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import { PanelHead } from './panel-head.tsx'
import { WorkflowGuards } from './workflow-guards.tsx'
import styles from './panel.module.css'

/** Nothing is selected: the workflow itself. */
export function WorkflowPanel() {
  const session = useSession()
  const { t } = useTranslation()
  const document = useDocument((state) => state.document)
  const about = (patch: AboutPatch) =>
    session.document.getState().change({ kind: 'about', patch }, `about/${Object.keys(patch).join()}`)
  const name = useTextDraft(document.name, (text) => text.trim() !== '' && about({ name: text }))
  const description = useTextDraft(document.description ?? '', (text) => about({ description: text === '' ? null : text }))
  return (
    <>
      <PanelHead
        tile={<IconSitemap size={22} aria-hidden className={styles.headIcon} />}
        title={<h2>{t('editor.panel.workflow')}</h2>}
        line={t('editor.panel.workflowLine', { count: document.nodes.length })}
      />
      <div className={styles.body}>
        <div className={styles.section}>
          <TextInput
            label={t('editor.panel.name')}
            maxLength={200}
            error={name.value.trim() === '' ? t('editor.panel.nameNeeded') : undefined}
            {...name.props}
          />
          <Textarea
            label={t('editor.panel.description')}
            placeholder={t('editor.panel.descriptionHint')}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={2000}
            {...description.props}
          />
          <ZoneSelect
            label={t('editor.panel.timezone')}
            description={t('editor.panel.timezoneHelp')}
            value={document.settings?.timezone ?? null}
            placeholder={t('editor.panel.timezoneDefault')}
            clearable
            onChange={(timezone) => about({ timezone })}
          />
          <Start />
          <WorkflowGuards />
        </div>
      </div>
    </>
  )
}

/** How it starts: the step that says so. */
function Start() {
  const session = useSession()
  const { t } = useTranslation()
  const language = useLanguage()
  const trigger = useDocument((state) => state.document.nodes.find(({ type }) => session.types.get(type)?.role === 'trigger'))
  const summary = useChecks((state) => (trigger === undefined ? undefined : state.summaries[trigger.id]))
  const type = trigger === undefined ? undefined : session.types.get(trigger.type)
  if (trigger === undefined || type === undefined) {
    return (
      <div>
        <h3 className={styles.subtitle}>{t('editor.panel.start')}</h3>
        <button type="button" className={styles.start} onClick={() => session.view.getState().openPalette()}>
          {t('editor.panel.noStart')}
        </button>
      </div>
    )
  }
  return (
    <div>
      <h3 className={styles.subtitle}>{t('editor.panel.start')}</h3>
      <button type="button" className={styles.start} onClick={() => showStep(session, trigger.id)}>
        <Tile role={type.role} icon={type.icon} size={31} />
        <span>
          <b>{labelOf(trigger, session.types, language)}</b>
          <small>{summary?.[language] ?? type.title[language]}</small>
        </span>
      </button>
    </div>
  )
}
