import { Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useDocument, useSession } from '#editor/canvas/session-context.ts'
import { currentDocument } from '#editor/model/session.ts'
import { MessagePreview } from '#editor/panel/message-preview.tsx'
import { ProblemNotes } from '#editor/panel/problem-notes.tsx'
import { StepForm } from '#editor/panel/step-form.tsx'
import { DraftState } from '#editor/screens/editor/draft-state.tsx'
import type { OpenDraft } from '#editor/screens/editor/use-editor-session.ts'
import { STEP } from '../start-list/list-workflow.ts'
import { WizardFrame } from '../start-list/wizard-frame.tsx'
import { STEPS_WIZARD } from '../start-list/wizards.ts'
import { audienceOf, queryOf, withQuery } from './steps-workflow.ts'
import styles from '../start-list/wizard.module.css'

/** What fills each variable of the text, with a guess for each; more may be asked for about each person. Beside it the message of one person after the other. */
export function MappingPage({ draft }: { draft: OpenDraft }) {
  const { t } = useTranslation()
  const { workflowId } = draft.session
  return (
    <WizardFrame
      wizard={STEPS_WIZARD}
      step="mapping"
      workflowId={workflowId}
      state={<DraftState saveState={draft.saveState} />}
      action={
        <Button renderRoot={(props) => <Link to="/start/steps" search={{ workflow: workflowId, step: 'send' }} {...props} />}>
          {t('startList.next.send')}
        </Button>
      }
    >
      <div className={styles.halves}>
        <div className={styles.half}>
          <VariablesCard />
          <QueryCard />
        </div>
        <div className={`${styles.card} ${styles.preview}`}>
          <MessagePreview nodeId={STEP.text} />
        </div>
      </div>
    </WizardFrame>
  )
}

function VariablesCard() {
  const { t } = useTranslation()
  const { types } = useSession()
  const id = useId()
  const node = useDocument((state) => state.document.nodes.find((one) => one.id === STEP.variables))
  const type = types.get(node?.type ?? '')
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h2 id={id}>{t('startSteps.mapping.title')}</h2>
      <p className={styles.lead}>{t('startSteps.mapping.text')}</p>
      <div className={styles.form}>
        <ProblemNotes nodeId={STEP.variables} fields={['variables']} />
        {node !== undefined && type !== undefined ? (
          <StepForm node={node} type={type} />
        ) : (
          <p role="status">{t('startSteps.drawn')}</p>
        )}
      </div>
    </section>
  )
}

/** Values that are not among the columns of the audience: asked of a database for each person. */
function QueryCard() {
  const { t } = useTranslation()
  const session = useSession()
  const id = useId()
  const node = useDocument((state) => queryOf(state.document))
  const connection = useDocument((state) => audienceOf(state.document)?.config['connection'])
  const type = session.types.get('variable-query')
  if (type === undefined) return null
  const put = (config: Record<string, unknown> | null) =>
    session.document.getState().replace(withQuery(currentDocument(session), config))
  const defaults = { ...type.defaults, ...(typeof connection === 'string' && { connection }) }
  return (
    <section className={styles.card} aria-labelledby={id}>
      <header className={styles.cardHead}>
        <h2 id={id}>{t('startSteps.query.title')}</h2>
        {node === undefined ? (
          <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => put(defaults)}>
            {t('startSteps.query.add')}
          </Button>
        ) : (
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            leftSection={<IconTrash size={14} aria-hidden />}
            onClick={() => put(null)}
          >
            {t('startSteps.query.remove')}
          </Button>
        )}
      </header>
      <p className={styles.lead}>{t('startSteps.query.text')}</p>
      {node !== undefined && (
        <div className={styles.form}>
          <ProblemNotes nodeId={node.id} fields={['connection', 'sql']} />
          <StepForm node={node} type={type} />
        </div>
      )}
    </section>
  )
}
