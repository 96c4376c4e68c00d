import { useTranslation } from 'react-i18next'
import type { MessageDetail } from '#schemas/message.ts'
import type { Run } from '#schemas/run.ts'
import type { NodeTypeIndex } from '#editor/model/ports.ts'
import { isMessageState, messageTones } from '#editor/parts/state-tones.ts'
import { Tile } from '#editor/parts/tile.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import { Clock } from './person-cells.tsx'
import { stepOf } from './run-graph.ts'
import { useChannelName } from './use-channel-name.ts'
import { useProviderName } from './use-provider-name.ts'
import styles from './why-path.module.css'

type Attempt = MessageDetail['attempts'][number]

interface WhyPathProps {
  readonly message: Pick<MessageDetail, 'state' | 'path' | 'attempts' | 'provider'>
  readonly run: Pick<Run, 'document' | 'inner'> | null
  readonly types: NodeTypeIndex
}

const NOT: ReadonlySet<string> = new Set(['failed', 'skipped', 'expired', 'cancelled'])
/** Nobody can say yet, or ever, whether it arrived. */
const OPEN: ReadonlySet<string> = new Set(['unconfirmed', 'errored', 'sent'])
const YET: ReadonlySet<string> = new Set(['pending', 'sending'])

/** The way through the steps, each with what it did to this person, and each attempt to send with the provider's answer. */
export function WhyPath({ message, run, types }: WhyPathProps) {
  const { t } = useTranslation()
  const steps = stepsOf(message)
  return (
    <>
      <h3 className={styles.title}>{t(titleOf(message.state))}</h3>
      <ol className={styles.path}>
        {steps.map((step) => (
          <Step key={step.key} step={step} run={run} types={types} provider={message.provider} />
        ))}
      </ol>
    </>
  )
}

function titleOf(state: string) {
  if (NOT.has(state)) return 'run.why.notGot'
  if (OPEN.has(state)) return 'run.why.became'
  return YET.has(state) ? 'run.why.willGet' : 'run.why.got'
}

interface PathStep {
  readonly key: string
  readonly nodeId: string
  readonly at: string | null
  readonly summary: string
  readonly attempts: readonly Attempt[]
}

/** Steps in their order; attempts stand at the step that sent, those of a step that the path does not name come last. */
function stepsOf({ path, attempts }: Pick<MessageDetail, 'path' | 'attempts'>): PathStep[] {
  const named = new Set(path.map(({ nodeId }) => nodeId))
  const steps = path.map((step) => ({
    ...step,
    key: step.nodeId,
    attempts: attempts.filter(({ nodeId }) => nodeId === step.nodeId),
  }))
  const others = [...new Set(attempts.map(({ nodeId }) => nodeId))].filter((nodeId) => !named.has(nodeId))
  return [
    ...steps,
    ...others.map((nodeId) => ({
      key: nodeId,
      nodeId,
      at: null,
      summary: '',
      attempts: attempts.filter((attempt) => attempt.nodeId === nodeId),
    })),
  ]
}

interface StepProps {
  readonly step: PathStep
  readonly run: Pick<Run, 'document' | 'inner'> | null
  readonly types: NodeTypeIndex
  readonly provider: string | null
}

function Step({ step, run, types, provider }: StepProps) {
  const language = useLanguage()
  const named = run && stepOf(run, step.nodeId, { types, language })
  const type = named?.type
  return (
    <li>
      <Tile role={type?.role ?? 'transform'} icon={type?.icon ?? 'puzzle'} size={28} />
      <div className={styles.words}>
        <b>{named?.label ?? step.nodeId}</b>
        {step.summary !== '' && <p>{step.summary}</p>}
        {step.attempts.map((attempt) => (
          <AttemptLine key={attempt.attempt} attempt={attempt} provider={provider} />
        ))}
      </div>
      <Clock at={step.at} />
    </li>
  )
}

function AttemptLine({ attempt, provider }: { attempt: Attempt; provider: string | null }) {
  const { t } = useTranslation()
  const channelName = useChannelName()
  const providerName = useProviderName()
  const { state } = attempt
  const tone = isMessageState(state) ? messageTones[state] : undefined
  const name = isMessageState(state) ? t(`states.message.${state}`) : state
  return (
    <div className={styles.attempt} data-tone={tone}>
      <p>
        {t('run.why.attempt', { channel: channelName(attempt.channel), attempt: attempt.attempt })}
        {provider !== null && ` · ${providerName(provider)}`} <Clock at={attempt.at} />
      </p>
      <p className={styles.answer}>
        {name}
        {attempt.reason !== null && (
          <>
            {' · '}
            {attempt.reason.message} <code>{attempt.reason.code}</code>
          </>
        )}
      </p>
      {attempt.providerId !== null && (
        <p>
          <code>{t('run.why.accepted', { id: attempt.providerId })}</code>
        </p>
      )}
    </div>
  )
}
