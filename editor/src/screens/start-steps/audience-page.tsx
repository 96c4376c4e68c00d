import { Button, SegmentedControl, Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useChecks, useDocument, useSession } from '#editor/canvas/session-context.ts'
import { columnText } from '#editor/forms/widgets/column.tsx'
import { phoneColumn } from '#editor/model/column-suits.ts'
import { currentDocument } from '#editor/model/session.ts'
import { AudienceFigures } from '#editor/panel/message/audience-figures.tsx'
import { useAudienceCheck } from '#editor/panel/message/use-audience-check.ts'
import { ProblemNotes } from '#editor/panel/problem-notes.tsx'
import { StepForm } from '#editor/panel/step-form.tsx'
import { DraftState } from '#editor/screens/editor/draft-state.tsx'
import type { OpenDraft } from '#editor/screens/editor/use-editor-session.ts'
import type { Column } from '#schemas/column.ts'
import { STEP } from '../start-list/list-workflow.ts'
import { WizardFrame } from '../start-list/wizard-frame.tsx'
import { STEPS_WIZARD } from '../start-list/wizards.ts'
import { AudienceRows } from './audience-rows.tsx'
import { addressOf, AUDIENCE, audienceOf, SOURCES, withAddress, withSource } from './steps-workflow.ts'
import styles from '../start-list/wizard.module.css'

const noColumns: readonly Column[] = []

/** Who gets it: from tables, by a statement, or a list; the column with their numbers; the first of them and how many there are. */
export function AudiencePage({ draft }: { draft: OpenDraft }) {
  const { t } = useTranslation()
  const { workflowId } = draft.session
  const known = useDocument((state) => audienceOf(state.document) !== undefined)
  return (
    <WizardFrame
      wizard={STEPS_WIZARD}
      step="audience"
      workflowId={workflowId}
      state={<DraftState saveState={draft.saveState} />}
      action={
        <Button renderRoot={(props) => <Link to="/start/steps" search={{ workflow: workflowId, step: 'mapping' }} {...props} />}>
          {t('startSteps.next.mapping')}
        </Button>
      }
    >
      {known ? (
        <div className={styles.halves}>
          <div className={styles.half}>
            <SourceCard />
            <AddressCard />
          </div>
          <div className={styles.half}>
            <AudienceRows nodeId={AUDIENCE} />
            <Count />
          </div>
        </div>
      ) : (
        <p className={styles.note} role="status">
          {t('startSteps.drawn')}
        </p>
      )}
    </WizardFrame>
  )
}

function SourceCard() {
  const { t } = useTranslation()
  const session = useSession()
  const id = useId()
  const node = useDocument((state) => audienceOf(state.document))
  const type = session.types.get(node?.type ?? '')
  const kinds = SOURCES.filter((kind) => session.types.has(kind))
  const choose = (kind: string) => {
    const defaults = session.types.get(kind)?.defaults ?? {}
    session.document.getState().replace(withSource(currentDocument(session), { type: kind, config: defaults }))
  }
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h2 id={id}>{t('startSteps.audience.title')}</h2>
      <SegmentedControl
        mt={12}
        aria-labelledby={id}
        data={kinds.map((value) => ({ value, label: t(`startSteps.audience.${value}`) }))}
        value={node?.type ?? ''}
        onChange={choose}
      />
      <div className={styles.form}>
        <ProblemNotes nodeId={AUDIENCE} fields={fieldsOf(type?.configSchema)} />
        {node !== undefined && type !== undefined && <StepForm key={node.type} node={node} type={type} />}
      </div>
    </section>
  )
}

/** The fields that say themselves what is wrong with them. */
function fieldsOf(schema: unknown): string[] {
  const { properties } = typeof schema === 'object' && schema !== null && 'properties' in schema ? schema : {}
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : []
}

/** The one column that decides whether anybody gets anything. Taken by its name where one says so. */
function AddressCard() {
  const { t } = useTranslation()
  const session = useSession()
  const id = useId()
  const columns = useChecks((state) => state.columns[AUDIENCE]?.out['rows'] ?? noColumns)
  const address = useDocument((state) => addressOf(state.document))
  const guess = phoneColumn(columns)
  const isGone = address !== null && columns.length > 0 && !columns.some(({ name }) => name === address)
  const choose = (column: string | null) => session.document.getState().replace(withAddress(currentDocument(session), column))
  useEffect(() => {
    if (address === null && guess !== null) {
      session.document.getState().replace(withAddress(currentDocument(session), guess))
    }
  }, [address, guess, session])
  const shown = columns.filter(({ hidden }) => hidden !== true)
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h2 id={id}>{t('startSteps.address.title')}</h2>
      <p className={styles.lead}>{t('startSteps.address.text')}</p>
      <Select
        mt={12}
        aria-labelledby={id}
        data={shown.map((column) => ({ value: column.name, label: columnText(column) }))}
        value={address}
        searchable
        placeholder={t('startSteps.address.choose')}
        nothingFoundMessage={t('forms.column.noneYet')}
        error={isGone ? t('startSteps.address.gone', { column: address }) : undefined}
        onChange={choose}
      />
      <ProblemNotes nodeId={STEP.leaveOut} fields={['address']} />
    </section>
  )
}

function Count() {
  const watch = useAudienceCheck()
  return <AudienceFigures watch={watch} channel={null} />
}
