import { AppError, CallFailed } from '#runtime/sdk/index.ts'
import { KEY_FIELD } from './message.ts'

export interface VendorMessage {
  readonly key: string | null
  readonly messageId: string | null
  readonly statusCode: string
  readonly reportedAt: string | null
}

type Json = Readonly<Record<string, unknown>>

/** An answer of another shape than documented tells nothing about what was done. */
export function unreadable(what: string): CallFailed {
  return new CallFailed('unknown', new AppError('provider-unknown', { provider: 'SOLAPI', detail: what }))
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null

function messageOf(value: unknown): VendorMessage {
  if (!isObject(value)) throw unreadable('message')
  const statusCode = textOf(value.statusCode)
  if (statusCode === null) throw unreadable('message without statusCode')
  const key = isObject(value.customFields) ? textOf(value.customFields[KEY_FIELD]) : null
  return {
    key,
    messageId: textOf(value.messageId),
    statusCode,
    reportedAt: textOf(value.dateReported) ?? textOf(value.dateReceived),
  }
}

/** A group object, bare or inside `groupInfo`. */
export function asGroup(value: unknown): { groupId: string; status: string } {
  const group = isObject(value) && isObject(value.groupInfo) ? value.groupInfo : value
  const groupId = isObject(group) ? textOf(group.groupId) : null
  if (!isObject(group) || groupId === null) throw unreadable('group')
  return { groupId, status: textOf(group.status) ?? 'PENDING' }
}

/** What adding messages refused. `failedMessageList` and, in the group form, `resultList` entries whose code is not 2000. */
export function asFailures(value: unknown): VendorMessage[] {
  if (!isObject(value)) throw unreadable('answer of adding messages')
  const list = Array.isArray(value.failedMessageList) ? value.failedMessageList : []
  const results = Array.isArray(value.resultList) ? value.resultList : []
  return [...list, ...results].map(messageOf).filter(({ statusCode }) => statusCode !== '2000')
}

/** A page of messages: `messageList` is an object keyed by id. */
export function asMessages(value: unknown): { items: VendorMessage[]; nextKey: string | null } {
  if (!isObject(value) || !isObject(value.messageList)) throw unreadable('message list')
  return { items: Object.values(value.messageList).map(messageOf), nextKey: textOf(value.nextKey) }
}
