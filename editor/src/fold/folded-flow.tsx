import { IconArrowRight } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Fragment, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { goPastWelcome } from '#editor/api/welcome.ts'
import { useChecks, useDocument, useSession } from '#editor/canvas/session-context.ts'
import { destinationOf, type Fold } from '#editor/model/fold.ts'
import { obstacleOf, startRun } from '#editor/model/start-run.ts'
import { useAudienceCheck } from '#editor/panel/message/use-audience-check.ts'
import type { OpenDraft } from '#editor/screens/editor/use-editor-session.ts'
import type { WorkflowState } from '#editor/screens/editor/use-workflow-state.ts'
import { Content } from './content-card.tsx'
import { FoldCard } from './fold-card.tsx'
import { audienceOf, problemsOf } from './fold-facts.ts'
import { People } from './people-card.tsx'
import { RunStrip } from './run-strip.tsx'
import { Sending } from './sending-card.tsx'
import { TenMessages } from './ten-messages.tsx'
import { useArrival } from './use-arrival.ts'
import { useFoldKeys } from './use-fold-keys.ts'
import { useFolding } from './use-folding.ts'
import { usePractice } from './use-practice.ts'
import { WelcomeHead, WelcomeDoors } from './welcome.tsx'
import styles from './folded-flow.module.css'

interface FoldedFlowProps {
  readonly fold: Fold
  /** Somebody who is here for the first time: told where she is, and how to begin with what is hers. */
  readonly welcome: boolean
  readonly state: WorkflowState
  readonly draft: OpenDraft
}

/** The same draft as three plain steps, ten real messages beside it, and one button. */
export function FoldedFlow({ fold, welcome, state, draft }: FoldedFlowProps) {
  const { t } = useTranslation()
  const session = useSession()
  const { unfold } = useFolding()
  const document = useDocument((one) => one.document)
  const problems = useChecks((one) => one.problems)
  const preview = useChecks((one) => one.preview)
  const { sandbox } = destinationOf(document, session)
  const channelId = useFirstChannel(fold)
  const watch = useAudienceCheckNow()
  const audience = audienceOf(watch.check, fold, channelId)
  const people = audience?.counted ? audience.people : null
  const messages = useMemo(() => (preview?.messages ?? []).filter(({ nodeId }) => nodeId === channelId), [preview, channelId])
  const found = problemsOf(fold, problems)
  const client = useQueryClient()
  const practice = usePractice({ draft, state, onStarted: () => welcome && void goPastWelcome(client) })
  const screen = useRef<HTMLDivElement>(null)
  const unfoldButton = useRef<HTMLButtonElement>(null)
  useArrival(true, unfoldButton)
  const run = () => {
    if (obstacleOf(session) !== null) screen.current?.querySelector<HTMLElement>('[data-problem-link]')?.focus()
    else if (!sandbox) startRun(session)
    else if (!practice.isPending) practice.mutate()
  }
  useFoldKeys({ toggle: () => unfold(), run })
  const cards = {
    people: <People steps={fold.people} audience={audience} failure={watch.failure} messages={messages} />,
    content: <Content channelId={channelId} />,
    sending: <Sending steps={fold.sending} workflow={state.workflow} people={people} />,
  }
  return (
    <div ref={screen} className={styles.screen}>
      <section className={styles.main} aria-label={t('fold.name')}>
        {welcome && <WelcomeHead name={document.name} />}
        <div className={styles.cards}>
          {(['people', 'content', 'sending'] as const).map((card, place) => (
            <Fragment key={card}>
              {place > 0 && <IconArrowRight size={18} className={styles.arrow} aria-hidden />}
              <FoldCard card={card} place={place + 1} steps={fold[card]} problems={found[card]}>
                {cards[card]}
              </FoldCard>
            </Fragment>
          ))}
        </div>
        <RunStrip
          {...{ sandbox, people, unfoldButton }}
          busy={practice.isPending}
          error={practice.error}
          onRun={run}
          onUnfold={() => unfold()}
        />
        {welcome && <WelcomeDoors />}
      </section>
      <aside className={styles.side} aria-label={t('fold.messages.title')}>
        <TenMessages
          messages={messages}
          watch={watch}
          channel={watch.check?.channels.find(({ nodeId }) => nodeId === channelId) ?? null}
        />
      </aside>
    </div>
  )
}

function useFirstChannel(fold: Fold): string {
  const { types } = useSession()
  return useDocument(
    ({ document }) =>
      fold.sending.find((id) => types.get(document.nodes.find((node) => node.id === id)?.type ?? '')?.role === 'channel') ?? '',
  )
}

/** Counts everybody at once: whoever sees three steps wants to know how many people they reach. */
function useAudienceCheckNow() {
  const watch = useAudienceCheck()
  const { ask } = watch
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    ask()
  }, [ask])
  return watch
}
