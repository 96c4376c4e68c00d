import { Button, Group, TextInput } from '@mantine/core'
import { IconKey, IconLink } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Webhook } from '#schemas/api/webhooks.ts'
import type { WorkflowNode } from '#schemas/workflow.ts'
import { makeWebhook, rotateWebhook, webhooksQuery } from '#editor/api/webhooks.ts'
import { useSession } from '#editor/canvas/session-context.ts'
import { CodeBlock } from '#editor/parts/code-block.tsx'
import { Confirm } from '#editor/parts/confirm.tsx'
import { CopyButton } from '#editor/parts/copy-button.tsx'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { fieldsOf, samplePayload } from './sample-payload.ts'
import { signedCall } from './signed-call.ts'
import styles from '../panel.module.css'

/** Where the other service calls, and with which secret. The secret is kept here only until the panel is left. */
export function WebhookAddress({ node }: { node: WorkflowNode }) {
  const { t } = useTranslation()
  const { workflowId } = useSession()
  const queries = useQueryClient()
  const query = useQuery(webhooksQuery(workflowId))
  const [secret, setSecret] = useState<string | null>(null)
  const renewed = async (told: string | undefined) => {
    if (told !== undefined) setSecret(told)
    await queries.invalidateQueries({ queryKey: webhooksQuery(workflowId).queryKey })
  }
  const make = useMutation({
    mutationFn: () => makeWebhook(workflowId, node.id),
    onSuccess: (made) => renewed(made.secret),
  })
  return (
    <div>
      <h3 className={styles.subtitle}>{t('events.address')}</h3>
      <QueryState query={query}>
        {({ items }) => {
          const hook = items.find(({ nodeId }) => nodeId === node.id)
          if (hook !== undefined) return <Known hook={hook} node={node} secret={secret} onSecret={renewed} />
          return (
            <>
              <p className={styles.quiet}>{t('events.noAddress')}</p>
              <Button
                mt={8}
                size="compact-sm"
                leftSection={<IconLink size={15} aria-hidden />}
                loading={make.isPending}
                onClick={() => make.mutate()}
              >
                {t('events.make')}
              </Button>
              {make.isError && <ErrorNote error={make.error} />}
            </>
          )
        }}
      </QueryState>
    </div>
  )
}

interface KnownProps {
  readonly hook: Webhook
  readonly node: WorkflowNode
  readonly secret: string | null
  readonly onSecret: (secret: string) => Promise<void>
}

function Known({ hook, node, secret, onSecret }: KnownProps) {
  const { t } = useTranslation()
  const address = hook.url ?? hook.path
  return (
    <>
      <TextInput
        readOnly
        value={address}
        aria-label={t('events.address')}
        description={hook.url === null ? t('events.notPublic') : undefined}
      />
      <Group gap={8} mt={6} mb={12}>
        <CopyButton text={address} />
        <Rotate hook={hook} onSecret={onSecret} />
      </Group>
      {secret !== null && (
        <div className={`${styles.note} ${styles.told}`} data-severity="warning" role="status">
          <span>
            <b>{t('events.secretOnce')}</b>
            <br />
            <code className={styles.secret}>{secret}</code>
            <br />
            <CopyButton text={secret} label={t('events.copySecret')} />
          </span>
        </div>
      )}
      {hook.previousUntil !== null && (
        <p className={styles.quiet}>
          {t('events.previous')} <RelativeTime at={hook.previousUntil} />
        </p>
      )}
      <h3 className={styles.subtitle}>{t('events.send')}</h3>
      <p className={styles.quiet}>{t('events.signText')}</p>
      <CodeBlock text={signedCall({ url: address, body: samplePayload(fieldsOf(node.config)) })} label={t('events.curl')} />
    </>
  )
}

function Rotate({ hook, onSecret }: { hook: Webhook; onSecret: (secret: string) => Promise<void> }) {
  const { t } = useTranslation()
  const { workflowId } = useSession()
  const [asking, setAsking] = useState(false)
  const rotate = useMutation({
    mutationFn: () => rotateWebhook(workflowId, hook.id),
    onSuccess: (made) => onSecret(made.secret),
    onSettled: () => setAsking(false),
  })
  return (
    <>
      <Button size="compact-sm" variant="default" leftSection={<IconKey size={14} aria-hidden />} onClick={() => setAsking(true)}>
        {t('events.rotate')}
      </Button>
      <Confirm
        opened={asking}
        title={t('events.rotateTitle')}
        text={t('events.rotateText')}
        action={t('events.rotate')}
        busy={rotate.isPending}
        onConfirm={() => rotate.mutate()}
        onCancel={() => setAsking(false)}
      />
      {rotate.isError && <ErrorNote error={rotate.error} />}
    </>
  )
}
