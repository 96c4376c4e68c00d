import type { AudienceCheck } from '#schemas/audience.ts'
import type { PreviewMessage } from '#schemas/preview.ts'
import type { Problem } from '#schemas/problem.ts'
import { cardOf, type Fold, type FoldCard } from '#editor/model/fold.ts'

/** Problems that stand in a card's way, by card; those of no step (the whole graph) lie in the last one, where it would be run. */
export function problemsOf(fold: Fold, problems: readonly Problem[]): Readonly<Record<FoldCard, readonly Problem[]>> {
  const serious = problems.filter(({ severity }) => severity !== 'info')
  const of = (card: FoldCard) => serious.filter(({ nodeId }) => (cardOf(fold, nodeId) ?? 'sending') === card)
  return { people: of('people'), content: of('content'), sending: of('sending') }
}

export interface Audience {
  /** Everybody was counted; else `people` is how many were until now. */
  readonly counted: boolean
  /** Who gets something. */
  readonly people: number
  /** Who was read. */
  readonly read: number
  /** Whom the steps of the first card leave out, by reason. */
  readonly leftOut: readonly { readonly code: string; readonly message: string; readonly count: number }[]
}

/** What the count of everybody says of the first channel; null before the first answer, and where it failed. */
export function audienceOf(check: AudienceCheck | null, fold: Fold, channelId: string): Audience | null {
  if (check === null || check.error !== null) return null
  const channel = check.channels.find(({ nodeId }) => nodeId === channelId)
  const leftOut = new Map<string, Audience['leftOut'][number]>()
  for (const { nodeId, code, message, count } of check.leftOut) {
    if (!fold.people.includes(nodeId)) continue
    leftOut.set(code, { code, message, count: count + (leftOut.get(code)?.count ?? 0) })
  }
  return {
    counted: check.state === 'done' && check.complete,
    people: channel?.messages ?? 0,
    read: check.people,
    leftOut: [...leftOut.values()].toSorted((a, b) => b.count - a.count),
  }
}

/**
 * A person in the list: by the first value that her text says (a shop's name tells more than a masked one), then who she is and the next
 * values; without values by her name.
 */
export function entryOf({ name, address, variables }: Pick<PreviewMessage, 'name' | 'address' | 'variables'>): {
  readonly title: string
  readonly line: string
} {
  const values = Object.values(variables).map((value) => value.replaceAll(/\s+/g, ' ').trim())
  const who = name ?? address ?? ''
  const [title = who, ...rest] = [...new Set(values)].filter((value) => value !== '')
  return {
    title,
    line: [who, ...rest]
      .filter((part) => part !== '' && part !== title)
      .slice(0, 3)
      .join(' · '),
  }
}
