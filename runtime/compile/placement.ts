import type { Localized } from '#schemas/localized.ts'
import type { Finding } from './finding.ts'
import { above, isChannel, isRead, isShaping, type Tree } from './tree.ts'

/** Steps that stand where they cannot work. */
export function placementFindings(tree: Tree, nameOf: (id: string) => Localized): Finding[] {
  const isEvent = tree.node(tree.source).type.role === 'trigger'
  return tree.ids.flatMap((id): Finding[] => {
    const node = tree.node(id)
    if (isChannel(tree, id)) return severalFallbacks(tree, id)
    if (node.type.role !== 'transform' || !isShaping(tree, id)) return []
    // Events come one by one, for ever: there never is an audience of which all could be seen.
    if (isEvent && node.type.scope === 'audience')
      return [{ code: 'whole-audience-of-events', nodeId: id, fields: { node: nameOf(id) } }]
    const before = above(tree, id)
    const channel = before.find((one) => isChannel(tree, one))
    const obstacle = node.type.scope === 'audience' ? before.find((one) => isRead(tree, one) || isChannel(tree, one)) : undefined
    if (obstacle !== undefined)
      return [{ code: 'whole-audience-after-query', nodeId: id, fields: { node: nameOf(id), after: nameOf(obstacle) } }]
    return channel === undefined
      ? []
      : [{ code: 'placed-wrong', nodeId: id, fields: { detail: afterChannel(nameOf(id), nameOf(channel)) } }]
  })
}

/** A channel's ways out lead to next channels: choosing and splitting people is done before anything is sent. */
function afterChannel(node: Localized, channel: Localized): Localized {
  return {
    en: `"${node.en}" picks or splits people and cannot stand after "${channel.en}", which has sent already. Put it before.`,
    ko: `‘${node.ko}’은(는) 사람을 고르거나 나누는 단계라서, 이미 보낸 ‘${channel.ko}’ 뒤에 둘 수 없어요. 앞으로 옮겨 주세요.`,
  }
}

/** Who was not reached gets one other message, not two at a time. */
function severalFallbacks(tree: Tree, id: string): Finding[] {
  const ways = tree.wiresFrom(id).filter(({ fromPort }) => fromPort === 'undelivered')
  if (ways.length < 2) return []
  const detail = {
    en: 'Whoever was not reached gets one other message. Connect the next channels one after the other.',
    ko: '못 받은 사람에게는 다음 채널 하나로만 보낼 수 있어요. 나머지 채널은 차례로 이어 주세요.',
  }
  return [{ code: 'placed-wrong', nodeId: id, fields: { detail } }]
}
