import { AppError, type ChannelSpec } from '#runtime/sdk/index.ts'
import { ofError, type Finding } from './finding.ts'
import type { Graph } from './graph.ts'
import type { GraphNode } from './graph-nodes.ts'
import { fieldsWithWidget } from './schema-text.ts'
import type { Walk } from './walk.ts'

/** What each channel needs: a text in the form it can send, and a column with the address. */
export function channelFindings(graph: Graph, walk: Walk): Finding[] {
  return [...graph.nodes.values()].flatMap((node) => {
    const { registered, config } = node
    const channel = registered?.type.channel
    if (!channel || !config) return []
    try {
      return [...textFindings(node, { graph, walk, channel }), ...addressFindings(node, { walk, channel })]
    } catch (error) {
      // The channel's own functions may throw, as all functions of plugins may.
      const detail = error instanceof Error ? error.message : String(error)
      return [ofError(node.id, new AppError('node-broken', { node: node.name.ko, type: node.source.type, detail }))]
    }
  })
}

function textFindings(
  { id, config }: GraphNode,
  { graph, walk, channel }: { graph: Graph; walk: Walk; channel: ChannelSpec<never> },
): Finding[] {
  const wire = graph.wires.find(({ to }) => to === id)
  // The config was checked against the schema that the channel's functions were written for.
  if (!wire || channel.ownText(config as never)) return []
  const kind = graph.nodes.get(wire.from)?.registered?.ports.out[wire.fromPort]?.kind
  if (kind === 'rows') return [{ code: 'message-needed', nodeId: id }]
  if (walk.forms.get(id) !== 'kakao' || walk.forms.get(wire.from) !== 'text') return []
  const detail = {
    en: 'Alimtalk needs an approved template. Enter its code in the text step, or choose another channel.',
    ko: '알림톡은 승인된 템플릿이 있어야 보낼 수 있어요. 템플릿 단계에 템플릿 코드를 넣거나 다른 채널을 골라 주세요.',
  }
  return [{ code: 'form-differs', nodeId: id, fields: { detail } }]
}

function addressFindings(
  { id, config, registered }: GraphNode,
  { walk, channel }: { walk: Walk; channel: ChannelSpec<never> },
): Finding[] {
  const inputs = walk.inputsOf(id)
  const column = channel.address(config as never)
  if (!inputs || !registered || column === '') return []
  const [input] = Object.values(inputs)
  if (!input || input.some(({ name }) => name === column)) return []
  const field =
    fieldsWithWidget(registered.type.config, 'column').find(({ name }) => config?.[name] === column)?.name ?? 'address'
  return [{ code: 'unknown-column', nodeId: id, field, fields: { column } }]
}
