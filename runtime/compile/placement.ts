import type { Localized } from '#schemas/localized.ts'
import { partedByWait, partedCopies } from './entries.ts'
import type { Finding } from './finding.ts'
import { audienceNodes } from './stages.ts'
import { above, isChannel, isMerge, isRead, isShaping, isWait, type Tree } from './tree.ts'

type NameOf = (id: string) => Localized

/** Steps that stand where they cannot work. */
export function placementFindings(tree: Tree, nameOf: NameOf): Finding[] {
  const isEvent = tree.sources.some((id) => tree.node(id).type.role === 'trigger')
  const audience = audienceNodes(tree)
  return tree.ids.flatMap((id): Finding[] => {
    const node = tree.node(id)
    if (isChannel(tree, id)) return severalFallbacks(tree, id)
    if (node.type.role !== 'transform' || !isShaping(tree, id)) return []
    // Events come one by one, for ever: there never is an audience of which all could be seen.
    if (isEvent && node.type.scope === 'audience')
      return [{ code: 'whole-audience-of-events', nodeId: id, fields: { node: nameOf(id) } }]
    const before = above(tree, id)
    const channel = before.find((one) => isChannel(tree, one))
    if (channel !== undefined && isMerge(tree, id)) return [placedWrong(id, mergeAfterChannel(nameOf(id), nameOf(channel)))]
    if (node.type.scope === 'audience') {
      const obstacle = before.find((one) => isRead(tree, one) || isChannel(tree, one) || isWait(tree, one))
      if (obstacle !== undefined) {
        const code = isWait(tree, obstacle) ? 'whole-audience-after-wait' : 'whole-audience-after-query'
        return [{ code, nodeId: id, fields: { node: nameOf(id), after: nameOf(obstacle) } }]
      }
    }
    // Who was sent to may wait for the next channel: nobody is chosen by that.
    if (channel !== undefined && isWait(tree, id)) return []
    if (channel !== undefined) return [placedWrong(id, afterChannel(nameOf(id), nameOf(channel)))]
    const waiting = isMerge(tree, id) ? partedByWait(tree, id) : null
    if (waiting !== null) return [placedWrong(id, waitsOnOneWay(nameOf(id), nameOf(waiting)))]
    const parted = isMerge(tree, id) && !audience.has(id) ? partedCopies(tree, id, audience) : null
    return parted === null ? [] : [placedWrong(id, partedBefore(nameOf(id), nameOf(parted)))]
  })
}

function placedWrong(nodeId: string, detail: Localized): Finding {
  return { code: 'placed-wrong', nodeId, fields: { detail } }
}

/** A channel's ways out lead to next channels: choosing and splitting people is done before anything is sent. */
function afterChannel(node: Localized, channel: Localized): Localized {
  return {
    en: `"${node.en}" picks or splits people and cannot stand after "${channel.en}", which has sent already. Put it before.`,
    ko: `‘${node.ko}’은(는) 사람을 고르거나 나누는 단계라서, 이미 보낸 ‘${channel.ko}’ 뒤에 둘 수 없어요. 앞으로 옮겨 주세요.`,
  }
}

/** Two channels that send differently stay two ways: each goes on to a fallback of its own. */
function mergeAfterChannel(node: Localized, channel: Localized): Localized {
  return {
    en: `"${node.en}" cannot bring people together after "${channel.en}", which has sent already. Merge before it, or give each channel its own next one.`,
    ko: `이미 보낸 ‘${channel.ko}’ 뒤에서는 ‘${node.ko}’(으)로 합칠 수 없어요. 보내기 앞에서 합치거나, 채널마다 다음 채널을 따로 이어 주세요.`,
  }
}

/** Both copies of a person must be at hand where they meet; behind a query only what parted behind it is. */
function partedBefore(node: Localized, parted: Localized): Localized {
  return {
    en: `"${node.en}" stands behind a query, and the same people come to it over several lines that part at "${parted.en}", before the query. Put the query before "${parted.en}", or after "${node.en}".`,
    ko: `‘${node.ko}’은(는) 조회 뒤에 있는데, 같은 사람이 조회 앞의 ‘${parted.ko}’에서 갈라져 여러 선으로 들어와요. 조회를 ‘${parted.ko}’ 앞이나 ‘${node.ko}’ 뒤로 옮겨 주세요.`,
  }
}

/** Whoever comes twice is taken once only where both come together. */
function waitsOnOneWay(node: Localized, parted: Localized): Localized {
  return {
    en: `The same people come to "${node.en}" over several lines that part at "${parted.en}", and wait on one of them: they would go on twice. Put the wait before "${parted.en}", or after "${node.en}".`,
    ko: `같은 사람이 ‘${parted.ko}’에서 갈라져 ‘${node.ko}’(으)로 들어오는데 한쪽에서만 기다려서 두 번 가게 돼요. 기다리기를 ‘${parted.ko}’ 앞이나 ‘${node.ko}’ 뒤로 옮겨 주세요.`,
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
  return [placedWrong(id, detail)]
}
