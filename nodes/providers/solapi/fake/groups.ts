import { randomBytes } from 'node:crypto'
import { judgeMessage, Malformed, type Accepted, type FakeAccount } from './check-message.ts'

const PER_CALL = 10_000
const PER_GROUP = 1_000_000

export type GroupStatus = 'PENDING' | 'SENDING' | 'COMPLETE' | 'FAILED' | 'DELETED'

export interface StoredMessage extends Accepted {
  readonly messageId: string
  readonly groupId: string
  statusCode: string
  dateReported: string | null
}

interface Group {
  readonly groupId: string
  readonly allowDuplicates: boolean
  readonly customFields: Readonly<Record<string, string>>
  status: GroupStatus
  readonly messages: StoredMessage[]
}

/** A refusal of a whole request, as the vendor words it. */
export class Refused extends Error {
  readonly status: number
  readonly errorCode: string

  constructor(status: number, errorCode: string) {
    super(errorCode)
    this.status = status
    this.errorCode = errorCode
  }
}

/** A refused message in the answer of adding. */
export interface Refusal {
  readonly to: unknown
  readonly type: unknown
  readonly messageId: string
  readonly statusCode: string
  readonly customFields: unknown
}

const newId = (prefix: string): string =>
  `${prefix}${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}${randomBytes(8).toString('hex').toUpperCase().slice(0, 15)}`

/** The vendor's groups in memory, with its rules of what may happen in which state. */
export class Groups {
  readonly all = new Map<string, Group>()
  readonly #account: FakeAccount

  constructor(account: FakeAccount) {
    this.#account = account
  }

  create(body: Readonly<Record<string, unknown>>): Group {
    for (const key of Object.keys(body)) {
      if (!['allowDuplicates', 'strict', 'customFields', 'appId', 'sdkVersion', 'osPlatform'].includes(key))
        throw new Malformed(`unknown field ${key}`)
    }
    if (body.strict !== true) throw new Malformed('this account wants strict: texts are never changed')
    const groupId = newId('G4V')
    const customFields = (body.customFields ?? {}) as Record<string, string>
    const group: Group = {
      groupId,
      allowDuplicates: body.allowDuplicates === true,
      customFields,
      status: 'PENDING',
      messages: [],
    }
    this.all.set(groupId, group)
    return group
  }

  get(groupId: string): Group {
    const group = this.all.get(groupId)
    if (!group) throw new Refused(404, 'ResourceNotFound')
    return group
  }

  add(groupId: string, messages: unknown): Refusal[] {
    const group = this.#pending(groupId)
    if (!Array.isArray(messages) || messages.length === 0) throw new Malformed('messages is a list with something in it')
    if (messages.length > PER_CALL) throw new Malformed(`at most ${PER_CALL} messages a call`)
    if (group.messages.length + messages.length > PER_GROUP) throw new Malformed(`at most ${PER_GROUP} messages a group`)
    const numbers = new Set(group.messages.map(({ to }) => to))
    // All are judged before one is kept: a malformed request leaves nothing behind.
    const judged = (messages as unknown[]).map((message) => ({ message, verdict: judgeMessage(message, this.#account) }))
    const refusals: Refusal[] = []
    for (const { message, verdict } of judged) {
      const twice = typeof verdict !== 'string' && !group.allowDuplicates && numbers.has(verdict.to)
      const messageId = newId('M4V')
      if (typeof verdict === 'string' || twice) {
        // `judgeMessage` has seen that it is an object.
        const { to, type, customFields } = message as Record<string, unknown>
        refusals.push({ to, type, messageId, statusCode: typeof verdict === 'string' ? verdict : '1026', customFields })
        continue
      }
      numbers.add(verdict.to)
      group.messages.push({ ...verdict, messageId, groupId, statusCode: '2000', dateReported: null })
    }
    return refusals
  }

  /** Sends; what leaves is given back. */
  send(groupId: string): StoredMessage[] {
    const group = this.#pending(groupId)
    if (group.messages.length === 0) throw new Refused(400, 'MessagesNotFound')
    group.status = 'SENDING'
    for (const message of group.messages) message.statusCode = '3000'
    return group.messages
  }

  delete(groupId: string): void {
    this.#pending(groupId).status = 'DELETED'
  }

  #pending(groupId: string): Group {
    const group = this.get(groupId)
    if (group.status !== 'PENDING') throw new Refused(400, 'InvalidStatus')
    return group
  }
}
