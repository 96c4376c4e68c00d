import type { AudienceCases, AudienceChannel } from '#schemas/audience.ts'
import type { PreviewMessage } from '#schemas/preview.ts'
import type { ComposedItem } from '#runtime/preview/messages.ts'

type Cases = { -readonly [Key in keyof AudienceCases]: AudienceCases[Key] }

/** Counts the messages of one channel. Keeps one message of each kind that is worth a look. */
export class ChannelTally {
  readonly #first: PreviewMessage
  readonly #kinds: Record<string, number> = {}
  readonly #refused = new Map<string, { code: string; message: string; count: number }>()
  readonly #cases: Cases = { longest: null, missing: null, costliest: null, tooLong: null, notCarried: null }
  /** Of usable addresses; as many as people at most. */
  readonly #addresses = new Set<string>()
  #messages = 0
  #repeated = 0

  constructor(first: PreviewMessage) {
    this.#first = first
  }

  /** `misses`: a value of this person is missing. */
  add({ shown: message, to }: Pick<ComposedItem, 'shown' | 'to'>, misses: boolean): void {
    if (message.error) return this.#refuse(message, message.error)
    const cases = this.#cases
    this.#messages += 1
    if (to !== null && this.#addresses.size === this.#addresses.add(to).size) this.#repeated += 1
    const { kind, used, limit } = message.length
    this.#kinds[kind] = (this.#kinds[kind] ?? 0) + 1
    // Of two that are as long the first one stays, so that a second look shows the same person.
    if (cases.longest === null || used > cases.longest.length.used) cases.longest = message
    if (cases.missing === null && misses) cases.missing = message
    if (cases.costliest === null || limit > cases.costliest.length.limit) cases.costliest = message
  }

  figures(): AudienceChannel {
    const { nodeId, channel, fallback } = this.#first
    return {
      nodeId,
      channel,
      fallback,
      messages: this.#messages,
      repeated: this.#repeated,
      kinds: { ...this.#kinds },
      refused: [...this.#refused.values()].map((one) => ({ nodeId, ...one })).toSorted((a, b) => b.count - a.count),
      // Where all are of one kind, none is dearer than the others.
      cases: { ...this.#cases, costliest: Object.keys(this.#kinds).length > 1 ? this.#cases.costliest : null },
    }
  }

  #refuse(message: PreviewMessage, { code, message: text }: { code: string; message: string }): void {
    const before = this.#refused.get(code)
    if (before) before.count += 1
    else this.#refused.set(code, { code, message: text, count: 1 })
    if (code === 'text-not-encodable') this.#cases.notCarried ??= message
    const longest = this.#cases.tooLong?.length.used ?? 0
    if (code === 'text-too-long' && message.length.used > longest) this.#cases.tooLong = message
  }
}
