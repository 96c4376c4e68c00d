import { Button, Skeleton } from '@mantine/core'
import { IconAlertCircle, IconShieldCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useChecks, useDocument } from '#editor/canvas/session-context.ts'
import { AudienceFigures } from '#editor/panel/message/audience-figures.tsx'
import { channelOf } from '#editor/panel/message/cases.ts'
import { useAudienceCheck } from '#editor/panel/message/use-audience-check.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { PhoneBubble } from '#editor/parts/phone-bubble.tsx'
import { DraftState } from '#editor/screens/editor/draft-state.tsx'
import { RunButton } from '#editor/screens/editor/run-button.tsx'
import type { OpenDraft } from '#editor/screens/editor/use-editor-session.ts'
import { useWorkflowState } from '#editor/screens/editor/use-workflow-state.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import type { PreviewMessage } from '#schemas/preview.ts'
import { STEP } from './list-workflow.ts'
import { WizardFrame } from './wizard-frame.tsx'
import type { Wizard } from './wizards.ts'
import styles from './wizard.module.css'

/** Ten real messages, the whole audience counted, and the button that prepares and asks before anything goes out. */
export function SendStep({ wizard, workflow, draft }: { wizard: Wizard; workflow: Workflow; draft: OpenDraft }) {
  const { t } = useTranslation()
  const state = useWorkflowState(workflow, draft)
  const isWrong = useChecks(({ problems }) => problems.some(({ severity }) => severity === 'error'))
  const document = useDocument((store) => store.document)
  const watch = useAudienceCheck()
  const sends = document.nodes.filter(({ type }) => draft.session.types.get(type)?.role === 'channel')
  const sandbox = sends.every(({ config }) => (config['connection'] ?? 'sandbox') === 'sandbox')
  return (
    <WizardFrame
      wizard={wizard}
      step="send"
      workflowId={workflow.id}
      state={<DraftState saveState={draft.saveState} />}
      action={<RunButton state={state} draft={draft} primary={{ name: t('startList.send.go'), disabled: isWrong }} />}
    >
      {isWrong && <Wrong wizard={wizard} workflowId={workflow.id} />}
      {sandbox && !isWrong && (
        <p className={styles.note}>
          <IconShieldCheck size={20} aria-hidden />
          {t('startList.send.sandbox')}
        </p>
      )}
      <section className={styles.card}>
        <h2>{t('startList.send.everybody')}</h2>
        {watch.check === null && watch.failure === null && <Skeleton height={44} radius={10} mt={14} />}
        <AudienceFigures watch={watch} channel={channelOf(watch.check, document, STEP.text)} />
      </section>
      <Messages />
    </WizardFrame>
  )
}

/** What keeps it from being sent, each in a sentence. */
function Wrong({ wizard, workflowId }: { wizard: Wizard; workflowId: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const problems = useChecks((state) => state.problems)
  return (
    <div className={styles.note} data-tone="bad" role="alert">
      <IconAlertCircle size={20} aria-hidden />
      <div>
        <b>{t('startList.send.problems')}</b>
        <ul>
          {problems
            .filter(({ severity }) => severity === 'error')
            .map(({ nodeId, field, code, message }) => (
              <li key={`${nodeId}/${field}/${code}`}>{message[language]}</li>
            ))}
        </ul>
        <Button
          variant="default"
          size="compact-sm"
          renderRoot={(props) => <Link to={wizard.to} search={{ workflow: workflowId, step: 'message' }} {...props} />}
        >
          {t('startList.send.fix')}
        </Button>
      </div>
    </div>
  )
}

function Messages() {
  const { t } = useTranslation()
  const preview = useChecks((state) => state.preview)
  const previewing = useChecks((state) => state.previewing)
  const failure = useChecks((state) => state.previewFailure)
  const messages = (preview?.messages ?? []).filter(({ fallback }) => !fallback)
  return (
    <section className={styles.card} aria-busy={previewing && preview === null}>
      <h2>{t('startList.send.title')}</h2>
      {failure !== null && <ErrorNote error={failure} />}
      {preview === null && failure === null && <Skeleton mt={14} height={220} radius={14} />}
      {preview !== null && (
        <p className={styles.lead}>
          {messages.length === 0 ? t('startList.send.none') : t('startList.send.text', { count: messages.length })}
        </p>
      )}
      <ul className={styles.bubbles} aria-label={t('startList.send.list')}>
        {messages.map((message) => (
          <OneMessage key={message.row} message={message} />
        ))}
      </ul>
    </section>
  )
}

function OneMessage({ message }: { message: PreviewMessage }) {
  return (
    <li>
      <p className={styles.who}>
        {message.name !== null && <b>{message.name}</b>}
        <small>{message.address}</small>
      </p>
      <PhoneBubble channel={message.channel} parts={message.parts} values={message.variables} missing={message.missing} />
      {message.error !== null && <p className={styles.wrong}>{message.error.message}</p>}
    </li>
  )
}
