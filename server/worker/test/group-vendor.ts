import Type from 'typebox'
import { CallFailed, AppError, defineProvider, type Report, type SendResult, type Slice } from '#runtime/sdk/index.ts'
import type { OpenProvider } from '../engine-deps.ts'

/** A group of messages, as the vendor keeps it. */
export interface Group {
  readonly key: string
  state: 'open' | 'sent' | 'deleted'
  readonly messages: { key: string; to: string }[]
}

/** A vendor that sends group by group: a handle before the call, a fence for groups that were not sent, lists and reports of each group. */
export class GroupVendor {
  readonly groups = new Map<string, Group>()
  readonly askedOf: string[] = []
  /** Which messages of a call the vendor accepts before something goes wrong; `after` may throw. */
  accepts: (slice: Slice, call: number) => Slice['messages'] = (slice) => slice.messages
  after: (call: number) => Promise<void> | void = () => undefined
  calls = 0

  /** Every message that went out. */
  get got(): { key: string; to: string }[] {
    return [...this.groups.values()].filter(({ state }) => state === 'sent').flatMap(({ messages }) => messages)
  }

  open({ batch = 1000 } = {}): OpenProvider {
    const session = this.#session()
    const type = defineProvider({
      kind: 'groups',
      title: { en: 'Groups', ko: '묶음' },
      channels: ['alimtalk'],
      settings: Type.Object({}),
      secrets: Type.Object({}),
      limits: { batch, timeoutMs: 5_000, listingLagMs: 50 },
      errors: {},
      open: () => session,
    })
    return { type, session, name: 'Groups', settings: {} }
  }

  #group(handle: string | null): Group {
    const group = this.groups.get(handle ?? '')
    if (!group) throw new Error(`There is no group ${handle}`)
    return group
  }

  #session(): OpenProvider['session'] {
    return {
      validate: async () => ({}),
      begin: async (slice) => {
        const handle = `G${this.groups.size + 1}`
        this.groups.set(handle, { key: slice.key, state: 'open', messages: [] })
        return handle
      },
      send: async (slice, { handle }): Promise<SendResult[]> => {
        const call = ++this.calls
        const group = this.#group(handle)
        if (group.state !== 'open') throw new Error('The group was sent before')
        const accepted = this.accepts(slice, call)
        group.messages.push(...accepted.map(({ key, to }) => ({ key, to })))
        if (accepted.length > 0) group.state = 'sent'
        await this.after(call)
        return slice.messages.map(() => ({ state: 'sent', providerId: null }))
      },
      lookup: async (_slice, { handle }) => {
        const group = this.#group(handle)
        this.askedOf.push(handle ?? '')
        return new Map(group.messages.map(({ key }) => [key, { state: 'sent', providerId: handle } as SendResult]))
      },
      fence: async (handle) => {
        const group = this.#group(handle)
        if (group.state === 'open') group.state = 'deleted'
        return group.state === 'deleted'
      },
      poll: async (handle) => {
        const reports = this.#group(handle).messages.map(({ key }): Report => ({
          key,
          providerId: null,
          state: 'delivered',
          code: null,
          detail: null,
          class: null,
          at: '2026-11-26T03:00:00.000Z',
        }))
        return { reports, cursor: null, done: true }
      },
    }
  }
}

/** The answer of a call got lost. */
export const answerLost = (): CallFailed =>
  new CallFailed('unknown', new AppError('provider-configuration', { provider: 'Groups', detail: '', code: 'lost' }))
