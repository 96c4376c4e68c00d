import { Button, TextInput } from '@mantine/core'
import { IconBoxMultiple } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useDocument, useSession, useView } from '#editor/canvas/session-context.ts'
import { useTextDraft } from '#editor/forms/use-text-draft.ts'
import { changingGroup, groupName } from '#editor/model/marks.ts'
import { currentDocument, labelOf } from '#editor/model/session.ts'
import { foldGroup, showStep, ungroupSelected } from '#editor/model/session-marks.ts'
import { Tile } from '#editor/parts/tile.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import type { MarkColor, WorkflowGroup } from '#schemas/workflow.ts'
import { ColorChoice } from './color-choice.tsx'
import { PanelHead } from './panel-head.tsx'
import marks from './marks-panel.module.css'
import styles from './panel.module.css'

/** The selected group: its name, its colour, its steps. */
export function GroupPanel({ groupId }: { groupId: string }) {
  const group = useDocument((state) => state.document.groups?.find(({ id }) => id === groupId))
  return group === undefined ? null : <OpenGroup group={group} />
}

function OpenGroup({ group }: { group: WorkflowGroup }) {
  const { t } = useTranslation()
  const session = useSession()
  const change = (patch: { title?: string; color?: MarkColor }) =>
    session.document
      .getState()
      .change(changingGroup(currentDocument(session), group.id, patch), `group:${group.id}/${Object.keys(patch).join()}`)
  const title = useTextDraft(group.title, (next) => change({ title: next }))
  const field = useRef<HTMLInputElement>(null)
  const naming = useView((state) => state.writing === groupName(group.id))
  useEffect(() => {
    if (!naming) return
    field.current?.focus()
    session.view.getState().set({ writing: null })
  }, [naming, session])
  return (
    <>
      <PanelHead
        tile={<IconBoxMultiple size={22} aria-hidden className={marks.icon} />}
        title={<h2>{t('marks.group')}</h2>}
        line={t('marks.groupLine', { count: group.steps.length })}
        onClose={() => session.document.getState().select([])}
      />
      <div className={styles.body}>
        <div className={styles.section}>
          <TextInput
            ref={field}
            label={t('marks.groupTitle')}
            placeholder={t('marks.groupHint')}
            maxLength={200}
            {...title.props}
          />
          <ColorChoice color={group.color ?? 'gray'} onChange={(color) => change({ color })} />
          <div>
            <h3 className={styles.subtitle}>{t('marks.members')}</h3>
            <Members group={group} />
          </div>
          <Button
            variant="default"
            style={{ alignSelf: 'flex-start' }}
            title={t('marks.foldHelp')}
            onClick={() => foldGroup(session, group.id, group.folded !== true)}
          >
            {group.folded === true ? t('marks.unfold') : t('marks.fold')}
          </Button>
          <Button
            variant="default"
            style={{ alignSelf: 'flex-start' }}
            title={t('marks.ungroupHelp')}
            onClick={() => ungroupSelected(session)}
          >
            {t('marks.ungroup')}
          </Button>
        </div>
      </div>
    </>
  )
}

function Members({ group }: { group: WorkflowGroup }) {
  const session = useSession()
  const language = useLanguage()
  const nodes = useDocument((state) => state.document.nodes)
  return (
    <ul className={marks.members}>
      {nodes
        .filter(({ id }) => group.steps.includes(id))
        .map((node) => {
          const type = session.types.get(node.type)
          return (
            <li key={node.id}>
              <button type="button" className={styles.start} onClick={() => showStep(session, node.id)}>
                <Tile role={type?.role ?? 'transform'} icon={type?.icon ?? 'puzzle'} size={28} />
                <b>{labelOf(node, session.types, language)}</b>
              </button>
            </li>
          )
        })}
    </ul>
  )
}
