import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { Value } from 'typebox/value'
import { ClientFrame, type ServerFrame } from '#schemas/frames.ts'
import type { Language } from '#schemas/localized.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { App } from '#server/http.ts'
import type { Client, LiveHub } from '#server/live/hub.ts'
import { textOf } from '#server/plugins/error-text.ts'
import { languageOf } from '#server/plugins/language.ts'

/** What of a server's WebSocket is used: the package of `ws` brings no types. */
interface Socket {
  readonly readyState: number
  readonly bufferedAmount: number
  send(text: string): void
  terminate(): void
  on(event: 'message', listener: (data: Buffer) => void): unknown
  on(event: 'close' | 'error', listener: () => void): unknown
}

const PING_MS = 30_000
/** A client that does not take what it is sent gets nothing more until it does; snapshots are complete, so nothing is lost. */
const MOST_WAITING_BYTES = 4 * 1024 * 1024
const OPEN = 1

/** A frame is written once, however many clients of a language watch the run. */
const written = new WeakMap<ServerFrame, string>()

function jsonOf(frame: ServerFrame): string {
  const json = written.get(frame) ?? JSON.stringify(frame)
  written.set(frame, json)
  return json
}

const Query = Type.Object({ language: Type.Optional(Type.Union([Type.Literal('ko'), Type.Literal('en')])) })

/** `/ws`: live state of runs. Who may open it, the doors decide before. */
export function liveRoutes(app: App, { hub }: { hub: LiveHub }): void {
  app.get('/ws', { websocket: true, schema: { hide: true, querystring: Query } }, (socket, request) => {
    serve(socket, { hub, request, language: request.query.language ?? languageOf(request) })
  })
  app.addHook('onClose', () => hub.stop())
}

function serve(socket: Socket, { hub, request, language }: { hub: LiveHub; request: FastifyRequest; language: Language }): void {
  const send = (frame: ServerFrame): void => {
    if (socket.readyState === OPEN && socket.bufferedAmount < MOST_WAITING_BYTES) socket.send(jsonOf(frame))
  }
  const refuse = (error: AppError): void => {
    send({ type: 'error', error: { code: error.code, message: textOf(error, language), fields: [], requestId: request.id } })
  }
  const client: Client = {
    workspaceId: request.workspaceId,
    actor: request.actor,
    language,
    run: send,
    workflow: send,
    runs: (items) => send({ type: 'runs', items: [...items] }),
    nodeTypes: (version) => send({ type: 'node-types', version }),
  }
  const ping = setInterval(() => send({ type: 'ping' }), PING_MS)
  socket.on('message', (data) => {
    take(String(data), { hub, client, send }).catch((error: unknown) => {
      if (error instanceof AppError) return refuse(error)
      request.log.error({ err: error }, 'live frame failed')
      return refuse(new AppError('internal', { requestId: request.id }))
    })
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    clearInterval(ping)
    hub.leave(client)
  })
}

/** @throws AppError for a frame that is none; the socket stays open */
async function take(
  text: string,
  { hub, client, send }: { hub: LiveHub; client: Client; send: (frame: ServerFrame) => void },
): Promise<void> {
  const frame = readFrame(text)
  if ('topic' in frame && frame.topic === 'node-types')
    return frame.type === 'subscribe' ? hub.watchNodeTypes(client) : hub.leaveNodeTypes(client)
  if ('topic' in frame) return frame.type === 'subscribe' ? hub.watchRuns(client) : hub.leaveRuns(client)
  if ('runId' in frame) return frame.type === 'subscribe' ? hub.watchRun(client, frame.runId) : hub.leaveRun(client, frame.runId)
  if ('workflowId' in frame)
    return frame.type === 'subscribe' ? hub.watchWorkflow(client, frame.workflowId) : hub.leaveWorkflow(client, frame.workflowId)
  if (frame.type === 'ping') send({ type: 'pong' })
}

function readFrame(text: string): ClientFrame {
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch (error) {
    throw new AppError('invalid-json', { detail: error instanceof Error ? error.message : '' })
  }
  if (!Value.Check(ClientFrame, frame)) {
    const type = typeof frame === 'object' && frame !== null && 'type' in frame ? String(frame.type).slice(0, 40) : '?'
    throw new AppError('invalid-request', { detail: `type: ${type} (subscribe, unsubscribe, ping, pong)` })
  }
  return frame
}
