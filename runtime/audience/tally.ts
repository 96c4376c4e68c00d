import type { AudienceCheck } from '#schemas/audience.ts'
import type { Language } from '#schemas/localized.ts'
import type { PreviewMessage } from '#schemas/preview.ts'
import { errorText } from '#schemas/errors.ts'
import type { Walk } from '#runtime/compile/walk.ts'
import { placeOf } from '#runtime/preview/recorder.ts'
import type { Witness } from '#runtime/preview/run-preview.ts'
import { ChannelTally } from './channel-tally.ts'
import { MissingTally } from './missing-tally.ts'

export type AudienceFigures = Pick<AudienceCheck, 'people' | 'missing' | 'leftOut' | 'channels'>

interface TallyOptions {
  readonly walk: Walk
  /** In the order in which their figures are shown. */
  readonly channels: readonly string[]
  readonly language: Language
  /** Waited for after each batch of people. */
  breathe(): Promise<void>
}

/** Counts people while they go through the graph, and keeps the few messages that are worth looking at: no row stays behind. */
export class AudienceTally implements Witness {
  readonly #options: TallyOptions
  readonly #missing: MissingTally
  readonly #leftOut = new Map<string, { nodeId: string; code: string; message: string; count: number }>()
  readonly #channels = new Map<string, ChannelTally>()
  #people = 0
  complete = true

  constructor(options: TallyOptions) {
    this.#options = options
    this.#missing = new MissingTally(options.walk)
  }

  seen: Witness['seen'] = ({ nodeId, side }, items) => {
    if (side === 'in') this.#missing.see(nodeId, items)
  }

  failed: Witness['failed'] = (nodeId, rows) => {
    for (const { row, error } of rows) {
      this.#missing.refused(nodeId, error.fields.variable, placeOf(row))
      this.#leave(nodeId, error.code, () => error.text[this.#options.language])
    }
  }

  skipped: Witness['skipped'] = (nodeId, rows) => {
    for (const { reason } of rows) this.#leave(nodeId, reason, () => errorText(reason)[this.#options.language])
  }

  messages: Witness['messages'] = (made) => {
    for (const one of made) this.#channel(one.shown).add(one, this.#missing.has(one.shown.row))
  }

  read: NonNullable<Witness['read']> = async (people) => {
    this.#people = people
    this.#missing.forget()
    await this.#options.breathe()
  }

  moreToCome(): void {
    this.complete = false
  }

  // What a step costs is shown by the preview.
  took(): void {}
  cost(): void {}

  figures(): AudienceFigures {
    const { channels } = this.#options
    return {
      people: this.#people,
      missing: this.#missing.figures(),
      leftOut: [...this.#leftOut.values()].toSorted((a, b) => b.count - a.count),
      channels: channels.flatMap((id) => this.#channels.get(id)?.figures() ?? []),
    }
  }

  #leave(nodeId: string, code: string, message: () => string): void {
    const key = `${nodeId} ${code}`
    const before = this.#leftOut.get(key)
    if (before) before.count += 1
    else this.#leftOut.set(key, { nodeId, code, message: message(), count: 1 })
  }

  #channel(message: PreviewMessage): ChannelTally {
    const known = this.#channels.get(message.nodeId) ?? new ChannelTally(message)
    this.#channels.set(message.nodeId, known)
    return known
  }
}
