import { Button, SegmentedControl } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useChecks, useDocument, useSession } from '#editor/canvas/session-context.ts'
import { currentDocument } from '#editor/model/session.ts'
import { MessagePreview } from '#editor/panel/message-preview.tsx'
import { ProblemNotes } from '#editor/panel/problem-notes.tsx'
import { PhoneBubble } from '#editor/parts/phone-bubble.tsx'
import { StepForm } from '#editor/panel/step-form.tsx'
import { DraftState } from '#editor/screens/editor/draft-state.tsx'
import type { OpenDraft } from '#editor/screens/editor/use-editor-session.ts'
import { channelOf, STEP, withChannel } from './list-workflow.ts'
import { WizardFrame } from './wizard-frame.tsx'
import type { Wizard } from './wizards.ts'
import styles from './wizard.module.css'

/** What it says: the text with the columns of the list, beside it the message of one person after the other. */
export function MessageStep({ wizard, draft }: { wizard: Wizard; draft: OpenDraft }) {
  const { t } = useTranslation()
  const { workflowId } = draft.session
  // Where the text comes first there is nobody yet whose message could be shown.
  const early = useChecks((state) => (state.columns[STEP.variables]?.in['rows'] ?? []).length === 0)
  const next = wizard.steps[wizard.steps.indexOf('message') + 1] ?? 'send'
  return (
    <WizardFrame
      wizard={wizard}
      step="message"
      workflowId={workflowId}
      state={<DraftState saveState={draft.saveState} />}
      action={
        <Button renderRoot={(props) => <Link to={wizard.to} search={{ workflow: workflowId, step: next }} {...props} />}>
          {t(next === 'audience' ? 'startSteps.next.audience' : 'startList.next.send')}
        </Button>
      }
    >
      <div className={styles.halves}>
        <div className={styles.half}>
          <TextCard />
          <ChannelCard />
        </div>
        <div className={`${styles.card} ${styles.preview}`}>{early ? <TextAlone /> : <MessagePreview nodeId={STEP.text} />}</div>
      </div>
    </WizardFrame>
  )
}

/** The text as it will lie on a phone, with its gaps. */
function TextAlone() {
  const { t } = useTranslation()
  const config = useDocument((state) => state.document.nodes.find(({ id }) => id === STEP.text)?.config)
  const text = config?.['text']
  return (
    <section aria-label={t('editor.message.title')}>
      <PhoneBubble
        channel={config?.['kakao'] === undefined ? 'sms' : 'alimtalk'}
        parts={{ body: typeof text === 'string' ? text : '' }}
      />
      <p className={styles.how}>{t('startSteps.early')}</p>
    </section>
  )
}

function TextCard() {
  const { t } = useTranslation()
  const { types } = useSession()
  const node = useDocument((state) => state.document.nodes.find(({ id }) => id === STEP.text))
  const type = types.get(node?.type ?? '')
  const card = useRef<HTMLElement>(null)
  useEffect(() => {
    const text = card.current?.querySelector('textarea')
    text?.focus({ preventScroll: true })
    text?.setSelectionRange(text.value.length, text.value.length)
  }, [])
  // Alimtalk is bound to an approved template; a text message has neither its codes nor its buttons.
  const leaveOut = node?.config['kakao'] === undefined ? ['kakao', 'buttons', 'title'] : ['title']
  return (
    <section ref={card} className={styles.card}>
      <h2>{t('startList.message.title')}</h2>
      <p className={styles.lead}>{t('startList.message.text')}</p>
      <div className={styles.form}>
        <ProblemNotes nodeId={STEP.variables} fields={[]} />
        {node !== undefined && type !== undefined ? (
          <StepForm node={node} type={type} leaveOut={leaveOut} />
        ) : (
          <p role="status">{t('startList.message.drawn')}</p>
        )}
      </div>
    </section>
  )
}

function ChannelCard() {
  const { t } = useTranslation()
  const session = useSession()
  const channel = useDocument((state) => channelOf(state.document))
  const id = useId()
  if (channel === null) return null
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h2 id={id}>{t('startList.message.how')}</h2>
      <SegmentedControl
        mt={10}
        aria-labelledby={id}
        data={(['sms', 'alimtalk'] as const).map((value) => ({ value, label: t(`startList.message.${value}`) }))}
        value={channel}
        onChange={(next) => session.document.getState().replace(withChannel(currentDocument(session), next))}
      />
      <p className={styles.how}>{t(channel === 'sms' ? 'startList.message.smsHow' : 'startList.message.alimtalkHow')}</p>
    </section>
  )
}
