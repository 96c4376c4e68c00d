import { DEFAULT_GUARDS, JUMP_LEAST_RECIPIENTS, type Guards } from '#schemas/guards.ts'
import type { StoredError } from '#runtime/sdk/index.ts'

/** What is known of an audience at the end of the spool. */
export interface AudienceFacts {
  /** Numbered rows, left-out people included. */
  readonly total: number
  /** Of them those whom a step left out already. */
  readonly leftOut: number
  /** Numbered rows of the last completed run; null: there was none, or none that was large enough to compare with. */
  readonly last: number | null
}

/** What is known when everything was prepared and nothing was sent. */
export interface PreparedFacts {
  /** Recipients whose message has an empty variable, or could not be made; null: that is known only while it is sent. */
  readonly missing: number | null
  /** Estimate, whole KRW; null: a price is not known, or not how many of each there are. */
  readonly cost: number | null
  /** People who get something: for whom at least one first channel has a text and an address; null: as `missing`. */
  readonly ready: number | null
  /** What goes out over each first channel; none where that is known only while it is sent. */
  readonly channels: readonly PreparedChannel[]
}

/** What was made for one channel before the first message. Counts and lengths only: nothing of a person. */
export interface PreparedChannel {
  readonly nodeId: string
  /** Texts by what they go out as (`ATA`, `SMS`, …). */
  readonly kinds: Readonly<Record<string, number>>
  /** Rows for which nothing can be sent, by reason. */
  readonly cannot: Readonly<Record<string, number>>
  /** Texts that call themselves an advertisement, as the law wants them to: they begin with "(광고)". */
  readonly ads: number
  /** The longest text, in the unit that counts for its kind; null: there is none. */
  readonly longest: { readonly used: number; readonly limit: number; readonly unit: string; readonly kind: string } | null
}

/** Guards as they count: the workflow's own, else the workspace's, else the built-in ones. */
export function guardsOf(workflow: Guards | null | undefined, workspace: Guards | null | undefined): Required<Guards> {
  return { ...DEFAULT_GUARDS, ...workspace, ...workflow }
}

/** Why a run is not to send to this audience before a person said yes; null: nothing is odd. Several findings: the first code, all figures. */
export function judgeAudience(guards: Required<Guards>, facts: AudienceFacts): StoredError | null {
  const count = facts.total - facts.leftOut
  if (count <= 0) return guards.empty === 'wait' ? { code: 'guard-empty', fields: {} } : null
  const found: StoredError[] = []
  if (guards.maxRecipients !== null && count > guards.maxRecipients)
    found.push({ code: 'guard-recipients', fields: { count, limit: guards.maxRecipients } })
  if (guards.jump && jumps(facts, guards.jump.factor))
    found.push({ code: 'guard-jump', fields: { count: facts.total, last: facts.last, factor: guards.jump.factor } })
  return together(found)
}

/** The same for what only the preparation tells. What is to be judged and cannot be known is for a person to say. */
export function judgePrepared(guards: Required<Guards>, facts: Pick<PreparedFacts, 'missing' | 'cost'>): StoredError | null {
  const found = [
    above('guard-missing', facts.missing, guards.missingValues),
    above('guard-cost', facts.cost, guards.cost),
  ].filter((one) => one !== null)
  return together(found.toSorted((a, b) => Number(a.code === 'guard-unknown') - Number(b.code === 'guard-unknown')))
}

/** Whether a run has to be prepared as a whole before its first message. */
export function judgesPrepared(guards: Required<Guards>): boolean {
  return guards.missingValues !== null || guards.cost !== null
}

function above(code: string, count: number | null, limit: number | null): StoredError | null {
  if (limit === null) return null
  if (count === null) return { code: 'guard-unknown', fields: {} }
  return count > limit ? { code, fields: { count, limit } } : null
}

function jumps({ total, last }: AudienceFacts, factor: number): boolean {
  return last !== null && last >= JUMP_LEAST_RECIPIENTS && (total > last * factor || total < last / factor)
}

function together(found: readonly StoredError[]): StoredError | null {
  const first = found[0]
  if (!first) return null
  // The text names the first one's figures; the others' stand beside them under names of their own.
  const others = Object.fromEntries(found.slice(1).flatMap(({ fields }) => Object.entries(fields)))
  return { code: first.code, fields: { ...others, ...first.fields } }
}
