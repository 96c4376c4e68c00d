import { CallFailed, type ProviderSession, type Report, type SendResult, type Slice } from '#runtime/sdk/index.ts'
import { classOfStatus, refusal } from './classify.ts'
import type { Request } from './client.ts'
import { toVendor } from './message.ts'
import { solapiStanding } from './standing.ts'
import { asFailures, asGroup, asMessages, unreadable, type VendorMessage } from './read.ts'

const PAGE = 500

const groupPath = (id: string): string => `/messages/v4/groups/${encodeURIComponent(id)}`

/** A number twice in one request is refused as a whole (1026) unless we say that we mean it. */
function repeats(slice: Slice): boolean {
  return new Set(slice.messages.map(({ to }) => to)).size < slice.messages.length
}

async function* messagesOf(request: Request, handle: string, signal: AbortSignal): AsyncGenerator<VendorMessage> {
  let startKey: string | null = null
  do {
    const query = `?limit=${PAGE}${startKey === null ? '' : `&startKey=${encodeURIComponent(startKey)}`}`
    const page = asMessages(await request({ method: 'GET', path: `${groupPath(handle)}/messages${query}`, signal }))
    yield* page.items
    startKey = page.nextKey
  } while (startKey !== null)
}

/** 2000 accepted, 3000 on its way, 4000 delivered; everything else did not arrive. */
function resultOf(message: VendorMessage): SendResult {
  const { statusCode } = message
  if (statusCode === '2000' || statusCode === '3000' || statusCode === '4000')
    return { state: 'sent', providerId: message.messageId }
  return refusal(statusCode)
}

function reportOf(message: VendorMessage): Report | null {
  const { statusCode } = message
  if (statusCode === '2000' || statusCode === '3000') return null
  const base = { key: message.key, providerId: message.messageId, at: message.reportedAt ?? new Date().toISOString() }
  if (statusCode === '4000') return { ...base, state: 'delivered', code: null, detail: null, class: null }
  return { ...base, state: 'failed', code: statusCode, detail: null, class: classOfStatus(statusCode) }
}

/**
 * Group by group: make a group that carries our slice id, commit its id (the host does), add the messages, send. A group that was not sent
 * yet can be deleted, which is a certain end: that is the fence.
 */
export function solapiSession(request: Request, from: string): ProviderSession {
  return {
    async validate(signal) {
      const balance = await request({ method: 'GET', path: '/cash/v1/balance', signal })
      return typeof balance === 'object' && balance !== null ? { ...balance } : {}
    },
    standing: (wanted, signal) => solapiStanding(request, { from, wanted, signal }),
    async begin(slice, signal) {
      const body = { allowDuplicates: repeats(slice), strict: true, customFields: { slice: slice.key } }
      return asGroup(await request({ method: 'POST', path: '/messages/v4/groups', body, signal })).groupId
    },
    async send(slice, { handle, signal, timeoutMs, said }) {
      if (handle === null) throw new Error('send without the group that begin made')
      const body = { messages: slice.messages.map((message) => toVendor(message, from)) }
      const added = asFailures(
        await request({ method: 'PUT', path: `${groupPath(handle)}/messages`, body, signal, timeoutMs, ...(said && { said }) }),
      )
      const refused = new Map(added.map(({ key, statusCode }) => [key, statusCode]))
      // Before anything goes out: a refusal that names none of ours would leave somebody counted as sent.
      const ours = new Set(slice.messages.map(({ key }) => key))
      if (added.some(({ key }) => key === null || !ours.has(key))) throw unreadable('a refusal without our key')
      if (refused.size < slice.messages.length)
        await request({ method: 'POST', path: `${groupPath(handle)}/send`, body: {}, signal, timeoutMs })
      return slice.messages.map(({ key }) => {
        const code = refused.get(key)
        return code === undefined ? { state: 'sent', providerId: null } : refusal(code)
      })
    },
    async lookup(slice, { handle, signal }) {
      const found = new Map<string, SendResult>()
      if (handle === null) return found
      const group = asGroup(await request({ method: 'GET', path: groupPath(handle), signal }))
      if (group.status === 'PENDING' || group.status === 'DELETED') return found
      const wanted = new Set(slice.messages.map(({ key }) => key))
      for await (const message of messagesOf(request, handle, signal)) {
        if (message.key !== null && wanted.has(message.key)) found.set(message.key, resultOf(message))
      }
      return found
    },
    async fence(handle, signal) {
      try {
        await request({ method: 'DELETE', path: groupPath(handle), signal })
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error
      }
      // Only what the vendor says of the group counts: a DELETE whose answer was lost may have worked.
      return asGroup(await request({ method: 'GET', path: groupPath(handle), signal })).status === 'DELETED'
    },
    async poll(handle, { signal }) {
      const reports: Report[] = []
      let open = 0
      for await (const message of messagesOf(request, handle, signal)) {
        const report = reportOf(message)
        if (report) reports.push(report)
        else open++
      }
      return { reports, cursor: null, done: open === 0 }
    },
  }
}
