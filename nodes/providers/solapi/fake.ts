import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Malformed, type FakeAccount } from './fake/check-message.ts'
import { signatureChecker } from './fake/check-signature.ts'
import { Groups, Refused, type StoredMessage } from './fake/groups.ts'

const MAX_BODY = 15 * 1024 * 1024
const WINDOW_MS = 5000

/** One request as a fault sees it. */
export interface FakeCall {
  readonly method: string
  readonly path: string
}

/**
 * What goes wrong with a call. `before`: nothing was done; `after`: it was done, the answer is lost or another one.
 * `reset` cuts the connection, `hang` never answers.
 */
export interface Fault {
  readonly when: 'before' | 'after'
  readonly what: 'reset' | 'hang' | { readonly status: number; readonly body: string; readonly headers?: Record<string, string> }
}

export interface FakeSolapi {
  readonly url: string
  readonly apiKey: string
  readonly apiSecret: string
  /** What left for phones, in order: the proof that everyone got one message. */
  readonly arrived: readonly StoredMessage[]
  readonly groups: Groups
  /** Calls that came in, refused ones too. */
  readonly calls: readonly FakeCall[]
  /** Makes things go wrong; null: never. Asked at each call. */
  fault: ((call: FakeCall) => Fault | null) | null
  /** Reports for all that was sent: `4000`, or what `code` says of a message (null: no report yet). */
  report(code?: (message: StoredMessage) => string | null): void
  close(): Promise<void>
}

interface FakeOptions extends Partial<FakeAccount> {
  /** 100 sends and 20 reads in 5 s, as the vendor allows. Default true. */
  readonly rateLimits?: boolean
  /** Which of the two documented forms the answer of adding has. */
  readonly answerForm?: 'failedMessageList' | 'resultList'
}

type Answer = { readonly status: number; readonly body: unknown; readonly headers?: Record<string, string> }

/** SOLAPI's message API on loopback, for tests: as strict as the documentation is, and a little stricter where being lax would hide a fault of ours. */
export async function startFakeSolapi(options: FakeOptions = {}): Promise<FakeSolapi> {
  const account = { apiKey: 'NCSTESTKEY000001', apiSecret: 'SOLAPISECRET0123456789ABCDEFGHIJ' }
  const has = { senders: options.senders ?? ['0212345678'], templates: options.templates ?? {} }
  const groups = new Groups(has)
  const arrived: StoredMessage[] = []
  const calls: FakeCall[] = []
  const checkSignature = signatureChecker(account)
  const overLimit = options.rateLimits === false ? () => false : rateLimiter()
  const routes = routesOf(groups, arrived, { form: options.answerForm ?? 'failedMessageList', account: has })

  const answer = (call: FakeCall, { headers, body }: { headers: IncomingMessage['headers']; body: string }): Answer => {
    const bad = checkSignature(headers.authorization)
    if (bad) return { status: bad.status, body: { errorCode: bad.errorCode, errorMessage: bad.errorCode } }
    if (overLimit(call.method))
      return { status: 429, body: { errorCode: 'TooManyRequests', message: 'slow down' }, headers: { 'retry-after': '5' } }
    try {
      return { status: 200, body: routes(call, body === '' ? {} : (JSON.parse(body) as unknown)) }
    } catch (error) {
      // As the vendor does, the words quote what was sent: they must not be logged.
      if (error instanceof Malformed || error instanceof SyntaxError) {
        return { status: 400, body: { errorCode: 'ValidationError', errorMessage: `${error.message}: ${body}` } }
      }
      if (error instanceof Refused)
        return { status: error.status, body: { errorCode: error.errorCode, errorMessage: error.errorCode } }
      throw error
    }
  }

  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const call = { method: request.method ?? '', path: request.url ?? '' }
      calls.push(call)
      const fault = fake.fault?.(call) ?? null
      if (fault?.when === 'before') return fail(fault, request, response)
      const made =
        body === null ? { status: 413, body: { errorCode: 'PayloadTooLarge' } } : answer(call, { headers: request.headers, body })
      if (fault) return fail(fault, request, response)
      response.writeHead(made.status, { 'content-type': 'application/json', ...made.headers }).end(JSON.stringify(made.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const fake: FakeSolapi = {
    // A listening TCP server has a numeric address.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...account,
    arrived,
    groups,
    calls,
    fault: null,
    report: (code = () => '4000') => report(groups, arrived, code),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return fake
}

function fail({ what }: Fault, request: IncomingMessage, response: ServerResponse): void {
  if (what === 'reset') request.socket.destroy()
  else if (what !== 'hang') response.writeHead(what.status, what.headers).end(what.body)
}

/** Null: too long. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length <= MAX_BODY) chunks.push(chunk)
    }
  } catch {
    return '' // the other side went away
  }
  return length <= MAX_BODY ? Buffer.concat(chunks).toString('utf8') : null
}

function rateLimiter(): (method: string) => boolean {
  const times = { read: [] as number[], send: [] as number[] }
  return (method) => {
    const kind = method === 'GET' ? 'read' : 'send'
    const now = Date.now()
    const recent = times[kind].filter((at) => at > now - WINDOW_MS)
    times[kind] = [...recent, now]
    return recent.length >= (kind === 'read' ? 20 : 100)
  }
}

function report(groups: Groups, arrived: readonly StoredMessage[], code: (message: StoredMessage) => string | null): void {
  for (const message of arrived) {
    const statusCode = code(message)
    if (statusCode === null) continue
    message.statusCode = statusCode
    message.dateReported = new Date().toISOString()
  }
  for (const group of groups.all.values()) {
    if (group.status === 'SENDING' && group.messages.every(({ statusCode }) => statusCode !== '3000')) group.status = 'COMPLETE'
  }
}

/** What an account has, beside its messages. */
function accountRoutes({ senders, templates }: FakeAccount): (method: string, path: string) => unknown {
  return (method, path) => {
    if (method !== 'GET') return undefined
    if (path === '/cash/v1/balance') return { balance: 100_000, point: 0 }
    if (path === '/senderid/v1/numbers/active') return senders
    const [, kind, encoded = ''] = /^\/kakao\/v2\/(channels|templates)\/([^/]+)$/.exec(path) ?? []
    const id = decodeURIComponent(encoded)
    const template = templates[id]
    if (kind === 'templates' && template) return { templateId: id, channelId: template.pfId, status: 'APPROVED' }
    if (kind === 'channels' && Object.values(templates).some(({ pfId }) => pfId === id)) return { channelId: id }
    return undefined
  }
}

function routesOf(
  groups: Groups,
  arrived: StoredMessage[],
  { form, account }: { form: 'failedMessageList' | 'resultList'; account: FakeAccount },
) {
  const ofAccount = accountRoutes(account)
  const shown = (id: string) => {
    const { groupId, status, customFields, allowDuplicates, messages } = groups.get(id)
    return {
      groupId,
      status,
      customFields,
      allowDuplicates,
      count: { total: messages.length },
      accountId: '12345678',
      apiVersion: '4',
    }
  }
  return (call: FakeCall, body: unknown): unknown => {
    const url = new URL(call.path, 'http://fake')
    const route = `${call.method} ${url.pathname.replace(/\/groups\/[^/]+/, '/groups/:id')}`
    const id = decodeURIComponent(/\/groups\/([^/]+)/.exec(url.pathname)?.[1] ?? '')
    const fields = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>
    const told = ofAccount(call.method, url.pathname)
    if (told !== undefined) return told
    if (route === 'POST /messages/v4/groups') return shown(groups.create(fields).groupId)
    if (route === 'GET /messages/v4/groups/:id') return shown(id)
    if (route === 'DELETE /messages/v4/groups/:id') {
      groups.delete(id)
      return shown(id)
    }
    if (route === 'PUT /messages/v4/groups/:id/messages') {
      for (const key of Object.keys(fields)) if (key !== 'messages') throw new Malformed(`unknown field ${key}`)
      const refusals = groups.add(id, fields.messages)
      return form === 'resultList'
        ? { errorCount: refusals.length, resultList: refusals }
        : { failedMessageList: refusals, groupInfo: shown(id) }
    }
    if (route === 'POST /messages/v4/groups/:id/send') {
      arrived.push(...groups.send(id))
      return shown(id)
    }
    if (route === 'GET /messages/v4/groups/:id/messages') return page(groups.get(id).messages, url)
    throw new Refused(404, 'ResourceNotFound')
  }
}

function page(messages: readonly StoredMessage[], url: URL): unknown {
  const limit = Number(url.searchParams.get('limit') ?? 20)
  if (!(limit >= 1 && limit <= 500)) throw new Malformed('limit is 1 to 500')
  const startKey = url.searchParams.get('startKey')
  const from = startKey === null ? 0 : messages.findIndex(({ messageId }) => messageId === startKey)
  if (from < 0) throw new Malformed('startKey is unknown')
  const items = messages.slice(from, from + limit)
  return {
    startKey,
    nextKey: messages[from + limit]?.messageId ?? null,
    limit,
    messageList: Object.fromEntries(items.map(({ text: _text, ...message }) => [message.messageId, message])),
  }
}
