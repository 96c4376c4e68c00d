import { ActionIcon, Popover } from '@mantine/core'
import { IconArrowBarToRight, IconHelp, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useChecks, useDocument, useSession } from '#editor/canvas/session-context.ts'
import { asFormSchema } from '#editor/forms/form-schema.ts'
import { labelOf, removeSelected } from '#editor/model/session.ts'
import { previewUntil } from '#editor/model/session-preview.ts'
import { typeOfNode } from '#editor/model/step-type.ts'
import { Tile } from '#editor/parts/tile.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { WorkflowNode } from '#schemas/workflow.ts'
import { EventHelp } from './event/event-help.tsx'
import { isEventTrigger } from './event/event-trigger.ts'
import { FailedRows } from './failed-rows.tsx'
import { LineOrder } from './line-order.tsx'
import { MessagePreview } from './message-preview.tsx'
import { PanelHead } from './panel-head.tsx'
import { ProblemNotes } from './problem-notes.tsx'
import { StepForm } from './step-form.tsx'
import { StepTitle } from './step-title.tsx'
import styles from './panel.module.css'

/** The selected step: its name, what is wrong with it, its form, and what a person would get of it. */
export function StepPanel({ nodeId }: { nodeId: string }) {
  const { types } = useSession()
  const node = useDocument((state) => state.document.nodes.find(({ id }) => id === nodeId))
  if (node === undefined) return null
  const type = typeOfNode(types, node)
  return (
    <>
      <StepHead node={node} type={type} />
      <div className={styles.body}>
        <div className={styles.section}>
          <ProblemNotes nodeId={nodeId} fields={Object.keys(asFormSchema(type?.configSchema).properties ?? {})} />
          {type === undefined ? <UnknownType type={node.type} /> : <StepForm node={node} type={type} />}
          {node.type === 'merge' && node.config['mode'] === 'append' && <LineOrder nodeId={nodeId} />}
          {isEventTrigger(node.type) && <EventHelp node={node} />}
          {type !== undefined && <FailedRows nodeId={nodeId} type={type} />}
        </div>
        {type !== undefined && showsMessage(type) && <MessagePreview nodeId={nodeId} />}
      </div>
    </>
  )
}

/** Steps at which people think of the message: those that fill it, write it or send it. */
function showsMessage(type: NodeDescriptor): boolean {
  return (
    type.role === 'channel' || type.type === 'mapping' || Object.values(type.ports.out).some(({ kind }) => kind === 'messages')
  )
}

function StepHead({ node, type }: { node: WorkflowNode; type: NodeDescriptor | undefined }) {
  const session = useSession()
  const { types } = session
  const language = useLanguage()
  const { t } = useTranslation()
  const help = type?.help?.[language]
  const actions = (
    <>
      {type !== undefined && type.role !== 'trigger' && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={30}
          aria-label={t('editor.panel.until')}
          title={`${t('editor.panel.until')} (Shift Enter)`}
          onClick={() => previewUntil(session, node.id)}
        >
          <IconArrowBarToRight size={17} />
        </ActionIcon>
      )}
      {help !== undefined && (
        <Popover width={300} position="bottom-end" withArrow>
          <Popover.Target>
            <ActionIcon variant="subtle" color="gray" size={30} aria-label={t('editor.panel.help')}>
              <IconHelp size={17} />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown className={styles.help}>
            <b>{type?.title[language]}</b>
            <p>{help}</p>
          </Popover.Dropdown>
        </Popover>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size={30}
        aria-label={t('editor.panel.remove')}
        onClick={() => removeSelected(session)}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </>
  )
  return (
    <PanelHead
      tile={<Tile role={type?.role ?? 'transform'} icon={type?.icon ?? 'puzzle'} size={31} />}
      title={
        <StepTitle
          label={node.label ?? null}
          fallback={labelOf({ type: node.type, config: node.config }, types, language)}
          onChange={(label) => session.document.getState().change({ kind: 'label', nodeId: node.id, label })}
        />
      }
      line={node.label === undefined ? (help ?? '') : (type?.title[language] ?? node.type)}
      actions={actions}
      onClose={() => session.document.getState().select([])}
    />
  )
}

function UnknownType({ type }: { type: string }) {
  const { t } = useTranslation()
  const checking = useChecks((state) => state.checking)
  return checking ? null : <p className={styles.quiet}>{t('editor.panel.unknownType', { type })}</p>
}
