import { ActionIcon, Modal, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { WorkflowNode } from '#schemas/workflow.ts'
import { useDocument, useSession, useView } from '#editor/canvas/session-context.ts'
import { shownInputs, shownOutputs } from '#editor/canvas/shown-ports.ts'
import { nodeById, readPorts, usedPorts } from '#editor/model/graph-index.ts'
import type { PortPlace } from '#editor/model/link-choices.ts'
import { connectPorts, cutLine, labelOf } from '#editor/model/session.ts'
import { typeOfNode } from '#editor/model/step-type.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { type LinkChoice, useLinkChoices } from './use-link-choices.ts'
import styles from './outline.module.css'

/** Joins a step to others by choice instead of by drawing: what it comes after, and what each of its outputs leads to. */
export function LinkDialog() {
  const session = useSession()
  const { t } = useTranslation()
  const language = useLanguage()
  const linking = useView((state) => state.linking)
  const node = useDocument((state) => (linking === null ? undefined : nodeById(state.document, linking)))
  const close = () => session.view.getState().set({ linking: null })
  return (
    <Modal
      opened={node !== undefined}
      onClose={close}
      title={<b>{node === undefined ? '' : t('outline.links.title', { label: labelOf(node, session.types, language) })}</b>}
    >
      {node !== undefined && <Links node={node} />}
    </Modal>
  )
}

function Links({ node }: { node: WorkflowNode }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { types } = useSession()
  const used = readPorts(useDocument((state) => usedPorts(state.document, node.id)))
  const type = typeOfNode(types, node)
  const inputs = shownInputs(type, used.in)
  const outputs = shownOutputs(type, { language, connected: used.out, counts: null, config: node.config })
  if (inputs.length + outputs.length === 0) return <p>{t('outline.links.noPorts')}</p>
  return (
    <div className={styles.links}>
      {inputs.map((port) => (
        <Input
          key={port}
          nodeId={node.id}
          port={port}
          title={inputs.length > 1 ? (type?.ports.in[port]?.title?.[language] ?? port) : null}
          many={type?.ports.in[port]?.many === true}
        />
      ))}
      {outputs.map(({ name, title }) => (
        <Output key={name} nodeId={node.id} port={name} title={outputs.length > 1 ? title : null} />
      ))}
    </div>
  )
}

interface PortProps {
  readonly nodeId: string
  readonly port: string
  /** Null: it is the only one of its side. */
  readonly title: string | null
}

/** An input takes one line: choosing another step moves it. One where ways meet takes several. */
function Input({ nodeId, port, title, many }: PortProps & { readonly many: boolean }) {
  const session = useSession()
  const { t } = useTranslation()
  const nameOf = useNames()
  const choices = useLinkChoices({ nodeId, port }, 'in')
  const edges = useDocument((state) => state.document.edges)
  const lines = edges.filter(({ target, targetPort }) => target === nodeId && targetPort === port)
  const label = title === null ? t('outline.links.before') : t('outline.links.beforePort', { port: title })
  const choose = (from: PortPlace) =>
    connectPorts(session, { source: from.nodeId, sourcePort: from.port, target: nodeId, targetPort: port })
  if (many) {
    const led = new Set(lines.map((line) => `${line.source}/${line.sourcePort}`))
    return (
      <SeveralLines
        label={label}
        choices={choices.filter(({ value }) => !led.has(value))}
        joined={lines.map(({ id, source }) => ({ id, label: nameOf(source) }))}
        onChoose={choose}
      />
    )
  }
  const line = lines[0]
  return (
    <Select
      data-autofocus
      label={label}
      placeholder={choices.length === 0 ? t('outline.links.nothing') : t('outline.links.noneBefore')}
      data={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
      value={line === undefined ? null : `${line.source}/${line.sourcePort}`}
      searchable
      // Escape leaves the dialog, not first a list that nobody asked for.
      openOnFocus={false}
      clearable
      limit={60}
      onChange={(value) => {
        const from = choices.find((choice) => choice.value === value)
        if (from !== undefined) choose(from)
        else if (line !== undefined) cutLine(session, line.id)
      }}
    />
  )
}

/** An output may lead to several. */
function Output({ nodeId, port, title }: PortProps) {
  const session = useSession()
  const { t } = useTranslation()
  const nameOf = useNames()
  const choices = useLinkChoices({ nodeId, port }, 'out')
  const edges = useDocument((state) => state.document.edges)
  const lines = edges.filter(({ source, sourcePort }) => source === nodeId && sourcePort === port)
  return (
    <SeveralLines
      label={title === null ? t('outline.links.after') : t('outline.links.afterPort', { port: title })}
      choices={choices}
      joined={lines.map(({ id, target }) => ({ id, label: nameOf(target) }))}
      onChoose={(to) => connectPorts(session, { source: nodeId, sourcePort: port, target: to.nodeId, targetPort: to.port })}
    />
  )
}

function useNames(): (id: string) => string {
  const { types } = useSession()
  const language = useLanguage()
  const document = useDocument((state) => state.document)
  return (id) => {
    const node = nodeById(document, id)
    return node === undefined ? id : labelOf(node, types, language)
  }
}

interface SeveralLinesProps {
  readonly label: string
  readonly choices: readonly LinkChoice[]
  readonly joined: readonly { readonly id: string; readonly label: string }[]
  readonly onChoose: (place: PortPlace) => void
}

/** A choice that adds a line, and the lines that are there, each with its end. */
function SeveralLines({ label, choices, joined, onChoose }: SeveralLinesProps) {
  const session = useSession()
  const { t } = useTranslation()
  return (
    <div className={styles.port}>
      <Select
        label={label}
        placeholder={choices.length === 0 ? t('outline.links.nothing') : t('outline.links.choose')}
        data={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
        value={null}
        searchable
        openOnFocus={false}
        limit={60}
        onChange={(value) => {
          const chosen = choices.find((choice) => choice.value === value)
          if (chosen !== undefined) onChoose(chosen)
        }}
      />
      {joined.length > 0 && (
        <ul className={styles.joined}>
          {joined.map((line) => (
            <li key={line.id}>
              {line.label}
              <ActionIcon
                variant="subtle"
                color="gray"
                size={28}
                aria-label={t('outline.links.cut', { label: line.label })}
                onClick={() => cutLine(session, line.id)}
              >
                <IconX size={15} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
