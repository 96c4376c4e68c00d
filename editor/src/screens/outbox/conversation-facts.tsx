import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conversation, OutboxMessage } from '#schemas/api/outbox.ts'
import { messageQuery, runQuery } from '#editor/api/runs.ts'
import { useNodeTypes } from '#editor/api/workflows.ts'
import { LengthMeter } from '#editor/parts/length-meter.tsx'
import { formatMoney } from '#editor/parts/numbers.ts'
import { QueryState } from '#editor/parts/query-state.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { MessageStatePill } from '#editor/parts/state-pill.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import { indexTypes } from '../run/run-graph.ts'
import { useChannelName } from '../run/use-channel-name.ts'
import { useProviderName } from '../run/use-provider-name.ts'
import { WhyPath } from '../run/why-path.tsx'
import styles from './conversation-facts.module.css'

/** About the last message of the open conversation: from which run, why, how long, what became of it. */
export function ConversationFacts({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation()
  const message = conversation.messages.at(-1)
  if (message === undefined) return null
  return (
    <aside className={styles.facts} aria-label={t('outbox.facts')}>
      <section>
        <h2>{t('outbox.facts')}</h2>
        <p>{t('outbox.from', { workflow: message.workflowName, number: message.runNumber })}</p>
      </section>
      <Why message={message} />
      <TextFacts message={message} />
    </aside>
  )
}

function Why({ message }: { message: OutboxMessage }) {
  const { t } = useTranslation()
  const detail = useQuery(messageQuery(message.id))
  const run = useQuery(runQuery(message.runId))
  const types = useNodeTypes()
  return (
    <section>
      <QueryState query={detail}>
        {(found) => <WhyPath message={found} run={run.data ?? null} types={indexTypes(types.data?.items ?? [])} />}
      </QueryState>
      <Button
        mt={14}
        size="xs"
        variant="default"
        leftSection={<IconExternalLink size={15} aria-hidden />}
        renderRoot={(props) => <Link to="/runs/$id" params={{ id: message.runId }} search={{ message: message.id }} {...props} />}
      >
        {t('outbox.toRun')}
      </Button>
    </section>
  )
}

function TextFacts({ message }: { message: OutboxMessage }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const channelName = useChannelName()
  const providerName = useProviderName()
  const cost = useQuery(messageQuery(message.id)).data?.cost ?? null
  const buttons = message.parts?.buttons ?? []
  return (
    <section>
      <h3>{t('outbox.textFacts')}</h3>
      <dl>
        {message.length !== null && <Fact name={t('outbox.length')} value={<LengthMeter length={message.length} />} />}
        <Fact name={t('outbox.channel')} value={channelName(message.channel)} />
        {message.provider !== null && <Fact name={t('outbox.provider')} value={providerName(message.provider)} />}
        <Fact name={t('outbox.at')} value={<RelativeTime at={message.at} />} />
        <Fact name={t('outbox.state')} value={<MessageStatePill state={message.state} />} />
        {message.reason !== null && <Fact name={t('outbox.reason')} value={message.reason.message} />}
        {cost !== null && <Fact name={t('outbox.cost')} value={formatMoney(cost, language)} />}
        {buttons.length > 0 && <Fact name={t('outbox.buttons')} value={buttons.map(({ name }) => name).join(', ')} />}
      </dl>
    </section>
  )
}

function Fact({ name, value }: { name: string; value: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
