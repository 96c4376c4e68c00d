import type { NodeDescriptor, PortKind } from '#schemas/node.ts'
import type { Language } from '#schemas/localized.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { findKorean } from '#schemas/korean-search.ts'
import { type NodeTypeIndex, portFits } from './ports.ts'
import { typeOfStep } from './step-type.ts'

/** What the new step shall go on from (an output that a wire was pulled out of), or what it shall lead into. */
export interface OpenPort {
  readonly nodeId: string
  readonly port: string
  readonly side: 'out' | 'in'
}

export interface Candidate {
  readonly type: NodeDescriptor
  /** The port of the new step that the wire goes to; null where nothing is open or it does not fit. */
  readonly port: string | null
  readonly fits: boolean
  readonly score: number
  /** Where the search word stands in the title, for highlighting. */
  readonly match: readonly [number, number] | null
}

/** What usually comes after what. The flow the product is for: start → source → leave out → query → mapping → text → send. */
const usualNext: Readonly<Record<string, readonly string[]>> = {
  'manual-trigger': ['sql-source', 'table-source', 'list-source'],
  'schedule-trigger': ['sql-source', 'table-source', 'list-source'],
  'webhook-trigger': ['sql-source', 'mapping'],
  'sql-source': ['leave-out', 'variable-query', 'mapping', 'filter', 'limit'],
  branch: ['variable-query', 'mapping', 'template', 'merge'],
  split: ['variable-query', 'mapping', 'template', 'merge'],
  merge: ['leave-out', 'variable-query', 'mapping', 'template'],
  'table-source': ['leave-out', 'mapping', 'variable-query', 'filter', 'limit'],
  'list-source': ['leave-out', 'mapping', 'variable-query', 'filter', 'limit'],
  'leave-out': ['variable-query', 'mapping', 'filter', 'limit'],
  filter: ['variable-query', 'mapping', 'limit', 'leave-out'],
  limit: ['variable-query', 'mapping', 'filter'],
  'variable-query': ['mapping', 'filter', 'template'],
  mapping: ['template', 'filter'],
  template: ['send-alimtalk', 'send-sms', 'merge', 'wait'],
  wait: ['variable-query', 'mapping', 'template', 'send-alimtalk', 'send-sms', 'filter'],
  'send-alimtalk': ['send-sms', 'template', 'wait'],
  'send-sms': ['send-alimtalk', 'template', 'wait'],
}

const LATE_STAGE = new Set(['mapping', 'template'])

/** 0–100: how well does `type` go on after `before`? */
function usualness(before: string, type: NodeDescriptor): number {
  const place = (usualNext[before] ?? []).indexOf(type.type)
  if (place >= 0) return 90 - place * 10
  if (LATE_STAGE.has(before) && type.role === 'channel') return 60
  return type.role === 'transform' ? 30 : 20
}

interface AtPort {
  readonly side: 'out' | 'in'
  readonly port: string
  readonly kind: PortKind
  readonly type: NodeDescriptor
}

/** The port of `type` that a wire at the open port would go to. */
function fittingPort(type: NodeDescriptor, at: AtPort): string | null {
  if (at.side === 'out') {
    // Exact kind first: a template's messages go to the messages input if there is one.
    const inputs = Object.entries(type.ports.in)
    const exact = inputs.find(([, descriptor]) => descriptor.kind === at.kind)
    return (exact ?? inputs.find(([, descriptor]) => portFits(at.kind, type, descriptor)))?.[0] ?? null
  }
  const target = at.type.ports.in[at.port]
  const outputs = Object.entries(type.ports.out).filter(([name]) => name !== 'failed')
  return target === undefined ? null : (outputs.find(([, descriptor]) => portFits(descriptor.kind, at.type, target))?.[0] ?? null)
}

/** How many characters of the title, help or keywords a search finds, and where. Null: not found at all. */
function found(
  type: NodeDescriptor,
  query: string,
  language: Language,
): { score: number; match: readonly [number, number] | null } | null {
  if (query.trim() === '') return { score: 0, match: null }
  const match = findKorean(type.title[language], query)
  if (match !== null) return { score: match[0] === 0 ? 40 : 30, match }
  const elsewhere = [type.title.en, type.title.ko, ...type.keywords, type.help?.[language] ?? '', type.type]
  const place = elsewhere.findIndex((text) => findKorean(text, query) !== null)
  return place < 0 ? null : { score: 20 - Math.min(place, 10), match: null }
}

export interface Asked {
  readonly document: WorkflowDocument
  readonly types: NodeTypeIndex
  readonly open: OpenPort | null
  readonly query: string
  readonly language: Language
}

/** Without an open port: what the workflow lacks first. */
function neededScore(document: WorkflowDocument, types: NodeTypeIndex, type: NodeDescriptor): number {
  const roles = new Set(document.nodes.map((node) => types.get(node.type)?.role))
  const order = ['trigger', 'source', 'transform', 'channel'] as const
  const missing = order.find((role) => !roles.has(role) && role !== 'transform') ?? 'transform'
  if (type.role === 'trigger' && roles.has('trigger')) return 0
  return (type.role === missing ? 50 : 10) + (4 - order.indexOf(type.role))
}

/** Node types for the palette: what fits the open port first, by how usual it is there; the rest after. */
export function rankTypes(asked: Asked): Candidate[] {
  const { document, types, open } = asked
  const openType = typeOfStep(document, types, open?.nodeId)
  const kind = open === null ? undefined : openType?.ports[open.side][open.port]?.kind
  const at = open === null || kind === undefined || openType === undefined ? null : { ...open, kind, type: openType }
  const candidates: Candidate[] = []
  for (const type of types.values()) {
    if (type.hidden) continue
    const search = found(type, asked.query, asked.language)
    if (search === null) continue
    const port = at === null ? null : fittingPort(type, at)
    const fits = open === null || port !== null
    const base = open === null ? neededScore(document, types, type) : rankAtPort(open, openType, type)
    candidates.push({ type, port, fits, score: base + search.score + (fits ? 1000 : 0), match: search.match })
  }
  return candidates.toSorted((a, b) => b.score - a.score)
}

function rankAtPort(open: OpenPort, openType: NodeDescriptor | undefined, type: NodeDescriptor): number {
  if (openType === undefined) return 0
  if (open.side === 'in') return (usualNext[type.type] ?? []).includes(openType.type) ? 60 : 20
  // The same channel again is the last thing to fall back to.
  const base = usualness(openType.type, type)
  return type.type === openType.type ? base / 10 : base
}
