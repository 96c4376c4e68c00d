import { ActionIcon, Button } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconEye } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useChecks, useDocument, useSession } from '#editor/canvas/session-context.ts'
import { previewAll } from '#editor/model/session-preview.ts'
import { useDocumentTitle } from '#editor/parts/screen.tsx'
import { Pill } from '#editor/parts/pill.tsx'
import { DraftState } from './draft-state.tsx'
import { Elsewhere } from './elsewhere.tsx'
import { OnSwitch } from './on-switch.tsx'
import { PublishButton } from './publish-button.tsx'
import { RunButton } from './run-button.tsx'
import { useStartsItself } from './use-starts-itself.ts'
import type { WorkflowState } from './use-workflow-state.ts'
import { WorkflowMenu } from './workflow-menu.tsx'
import { WorkflowName } from './workflow-name.tsx'
import type { OpenDraft } from './use-editor-session.ts'
import styles from './editor-screen.module.css'

/** The title line: where we are, what it is called, what is saved and published; and what can be done with it. */
export function EditorBar({ state, draft }: { state: WorkflowState; draft: OpenDraft }) {
  const { t } = useTranslation()
  const { workflow } = state
  const name = useDocument(({ document }) => document.name)
  const startsItself = useStartsItself()
  useDocumentTitle(`${name} · ${t('frame.name')}`)
  return (
    <header className={styles.bar}>
      <div className={styles.where}>
        <span className={styles.crumb}>
          <Link to="/">{t('editor.bar.workflows')}</Link> /
        </span>
        <WorkflowName />
        <Published state={state} />
        <DraftState saveState={draft.saveState} />
        <Elsewhere draft={draft} />
      </div>
      <nav className={styles.tabs} aria-label={t('editor.bar.views')}>
        <Link to="/workflows/$id" params={{ id: workflow.id }} data-current aria-current="page">
          {t('editor.bar.edit')}
        </Link>
        <Link to="/workflows/$id/runs" params={{ id: workflow.id }}>
          {t('editor.bar.runs')}
        </Link>
        <Link to="/workflows/$id/versions" params={{ id: workflow.id }}>
          {t('versions.title')}
        </Link>
      </nav>
      <div className={styles.acts}>
        <UndoRedo />
        <PreviewButton />
        {startsItself && <OnSwitch state={state} />}
        <RunButton state={state} draft={draft} />
        <PublishButton state={state} draft={draft} />
        <WorkflowMenu state={state} />
      </div>
    </header>
  )
}

function Published({ state }: { state: WorkflowState }) {
  const { t } = useTranslation()
  const { published } = state.workflow
  const text =
    published === null
      ? t('editor.bar.draftOnly')
      : state.differs
        ? t('editor.bar.draftAnd', { version: published.version })
        : t('editor.bar.published', { version: published.version })
  return <Pill tone={state.differs || published === null ? 'accent' : 'ok'}>{text}</Pill>
}

function UndoRedo() {
  const { t } = useTranslation()
  const session = useSession()
  const canUndo = useDocument((state) => state.history.past.length > 0)
  const canRedo = useDocument((state) => state.history.future.length > 0)
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        aria-label={t('editor.bar.undo')}
        title={`${t('editor.bar.undo')} (Ctrl Z)`}
        disabled={!canUndo}
        onClick={() => session.document.getState().undo()}
      >
        <IconArrowBackUp size={18} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        aria-label={t('editor.bar.redo')}
        title={`${t('editor.bar.redo')} (Ctrl Shift Z)`}
        disabled={!canRedo}
        onClick={() => session.document.getState().redo()}
      >
        <IconArrowForwardUp size={18} />
      </ActionIcon>
    </>
  )
}

/** Asks the preview anew and shows where it can be looked at: the rows below, the message of the first text beside. */
function PreviewButton() {
  const { t } = useTranslation()
  const session = useSession()
  const previewing = useChecks((state) => state.previewing)
  const empty = useDocument((state) => state.document.nodes.length === 0)
  const show = () => {
    previewAll(session)
    session.view.getState().set({ dockTab: 'rows' })
    const { document, selectedNodes, select } = session.document.getState()
    if (selectedNodes.length > 0) return
    const channel = document.nodes.find(({ type }) => session.types.get(type)?.role === 'channel') ?? document.nodes.at(-1)
    if (channel !== undefined) select([channel.id])
  }
  return (
    <Button
      variant="default"
      aria-label={t('editor.bar.preview')}
      leftSection={<IconEye size={16} />}
      loading={previewing}
      disabled={empty}
      onClick={show}
    >
      <span className={styles.actWord}>{t('editor.bar.preview')}</span>
    </Button>
  )
}
