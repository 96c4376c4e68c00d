import { Button, Textarea } from '@mantine/core'
import { IconClipboardText } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkflowNode } from '#schemas/workflow.ts'
import { useSession } from '#editor/canvas/session-context.ts'
import { setField } from '#editor/model/session.ts'
import { CodeBlock } from '#editor/parts/code-block.tsx'
import { curlOf, fieldsFromSample, fieldsOf, samplePayload } from './sample-payload.ts'
import { WebhookAddress } from './webhook-address.tsx'
import styles from '../panel.module.css'

/** Below the form of a trigger that events start: columns out of a pasted sample, and what the other side has to send. */
export function EventHelp({ node }: { node: WorkflowNode }) {
  const { t } = useTranslation()
  return (
    <>
      <FromSample node={node} />
      {node.type === 'webhook-trigger' && <WebhookAddress node={node} />}
      {node.type === 'event-trigger' && (
        <div>
          <h3 className={styles.subtitle}>{t('events.send')}</h3>
          <p className={styles.quiet}>{t('events.sendText')}</p>
          <CodeBlock text={eventCall(node)} label={t('events.curl')} />
        </div>
      )}
    </>
  )
}

function eventCall({ config }: WorkflowNode): string {
  const event = typeof config['event'] === 'string' ? config['event'] : ''
  return curlOf({
    url: `${location.origin}/api/events`,
    headers: { 'content-type': 'application/json' },
    body: { event, payload: samplePayload(fieldsOf(config)) },
  })
}

/** Nobody types ten columns by hand: a payload of the other service says them. */
function FromSample({ node }: { node: WorkflowNode }) {
  const { t } = useTranslation()
  const session = useSession()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const found = fieldsFromSample(text)
  const usable = found !== null && found.length > 0
  if (!open) {
    return (
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconClipboardText size={15} aria-hidden />}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => setOpen(true)}
      >
        {t('events.paste')}
      </Button>
    )
  }
  const take = () => {
    setField(session, node.id, { name: 'columns', value: found })
    setOpen(false)
    setText('')
  }
  return (
    <div className={styles.notes}>
      <Textarea
        label={t('events.pasteLabel')}
        description={t('events.pasteHelp')}
        autosize
        minRows={4}
        maxRows={12}
        data-autofocus
        value={text}
        error={text.trim() !== '' && !usable ? t('events.pasteWrong') : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={styles.pills}>
        <Button size="compact-sm" disabled={!usable} onClick={take}>
          {usable ? t('events.pasteTake', { count: found.length }) : t('events.paste')}
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setOpen(false)}>
          {t('parts.confirm.cancel')}
        </Button>
      </div>
    </div>
  )
}
