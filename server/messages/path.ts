import { friendlyName } from '#schemas/friendly-name.ts'
import type { Language, Localized } from '#schemas/localized.ts'
import type { MessageDetail } from '#schemas/message.ts'
import type { Pinned } from '#schemas/pinned.ts'
import type { PlanNode } from '#runtime/compile/plan.ts'
import { pinnedGraph } from '#runtime/inner/pinned.ts'
import { PART_ENTRY, PART_EXIT } from '#schemas/sub-workflow.ts'
import { MESSAGE_STATES, type MessageState } from '#schemas/states.ts'
import type { StoredAttempt } from './find.ts'
import type { PlanFacts } from './plan-facts.ts'

const STATES: Readonly<Record<MessageState, Localized>> = {
  pending: { en: 'waiting to be sent', ko: '보낼 차례를 기다려요' },
  sending: { en: 'being sent', ko: '보내는 중이에요' },
  sent: { en: 'sent; no result yet', ko: '보냈고 결과를 기다려요' },
  delivered: { en: 'delivered', ko: '받았어요' },
  converted: { en: 'delivered, and acted on', ko: '받고 반응했어요' },
  errored: { en: 'not accepted for a moment; tried again', ko: '잠깐 받지 않아서 다시 보내요' },
  failed: { en: 'failed', ko: '보내지 못했어요' },
  skipped: { en: 'left out', ko: '보내지 않았어요' },
  expired: { en: 'too late to be sent', ko: '보낼 수 있는 시간이 지났어요' },
  cancelled: { en: 'cancelled', ko: '취소했어요' },
  unconfirmed: { en: 'cannot be told', ko: '확인할 수 없어요' },
}

/** A state in words. */
export function stateText(state: MessageState, language: Language): string {
  return STATES[state][language]
}

/** Longest text of one value on the way; characters. */
const MAX_VALUE = 60

export interface PathFacts {
  readonly facts: PlanFacts
  readonly pinned: Pinned
  readonly summaries: Readonly<Record<string, Localized>>
  /** The node at which this message is. */
  readonly nodeNo: number
  readonly seq: number
  readonly startedAt: string
  /** When the person's last wait at a step ended, or ends; ms since 1970. */
  readonly waitedUntil: number | null
  /** Values as the reader may see them. */
  readonly values: Readonly<Record<string, unknown>>
  readonly attempts: readonly Pick<StoredAttempt, 'nodeNo' | 'state' | 'sentAt' | 'finalAt'>[]
  readonly reasonAt: (nodeNo: number) => string | null
  readonly language: Language
}

/** "왜 받았나요": the steps that a recipient went through up to the message, each with what it added, in plain words. */
export function pathOf(path: PathFacts): MessageDetail['path'] {
  const steps = stepsTo(path)
  const lastWait = path.waitedUntil === null ? undefined : steps.findLast(({ type }) => type.wait !== undefined)
  return steps.map((node) => {
    const said = step(path, node)
    const waited = node === lastWait && said.at === null ? new Date(path.waitedUntil ?? 0).toISOString() : said.at
    return { nodeId: node.id, ...said, at: waited }
  })
}

/** The steps before (and including) a node, along the edges, in order. Where people come into a workflow inside, and leave it, nothing happens to them. */
function stepsTo({ facts, pinned, nodeNo }: PathFacts): PlanNode[] {
  const end = facts.nodeByNo.get(nodeNo)
  const on = new Set<string>(end ? [end.id] : [])
  const { edges } = pinnedGraph(pinned)
  for (const id of on) for (const edge of edges) if (edge.target === id) on.add(edge.source)
  return [...on]
    .flatMap((id) => facts.plan.nodes[id] ?? [])
    .filter(({ type: { type } }) => type !== PART_ENTRY && type !== PART_EXIT)
    .toSorted((a, b) => a.no - b.no)
}

function step(path: PathFacts, node: PlanNode): { at: string | null; summary: string } {
  const { language, summaries, startedAt, seq, nodeNo } = path
  const words = summaries[node.id]?.[language] ?? node.type.title[language]
  if (node.type.role === 'trigger') return { at: startedAt, summary: words }
  if (node.type.channel) return channelStep(path, node)
  const reason = node.no === nodeNo ? path.reasonAt(node.no) : null
  if (reason !== null) return { at: path.attempts.find((one) => one.nodeNo === node.no)?.finalAt ?? null, summary: reason }
  const number = node.type.role === 'source' ? (language === 'ko' ? `${seq}번째 사람` : `person no. ${seq}`) : null
  return { at: null, summary: [words, number, added(path, node)].filter((part) => part !== null && part !== '').join(' · ') }
}

function channelStep(
  { attempts, language, reasonAt, nodeNo }: PathFacts,
  node: PlanNode,
): { at: string | null; summary: string } {
  const last = attempts.findLast((one) => one.nodeNo === node.no)
  const state = last?.state ?? (node.no === nodeNo ? MESSAGE_STATES[0] : 'sent')
  const reason = reasonAt(node.no)
  return { at: last?.finalAt ?? last?.sentAt ?? null, summary: [stateText(state, language), reason].filter(Boolean).join(' · ') }
}

/** The values that a step brought in: columns that it has and the step before had not. */
function added({ values, language }: PathFacts, node: PlanNode): string {
  const before = new Set(Object.values(node.inputs).flatMap((columns) => columns.map(({ name }) => name)))
  const after = Object.values(node.outputs).flat()
  const fresh = new Map(after.filter(({ hidden, name }) => !hidden && !before.has(name)).map((column) => [column.name, column]))
  return [...fresh.values()]
    .flatMap((column) =>
      Object.hasOwn(values, column.name) ? [`${friendlyName(column, language)}: ${shown(values[column.name], language)}`] : [],
    )
    .join(', ')
}

function shown(value: unknown, language: Language): string {
  if (value === null || value === undefined) return language === 'ko' ? '값 없음' : 'no value'
  if (value === '') return language === 'ko' ? '빈 글' : 'empty text'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text
}
