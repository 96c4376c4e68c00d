import type { ServerResponse } from 'node:http'
import type { App } from '#server/http.ts'
import type { Languages } from '#server/workspace/languages.ts'
import { DEFAULT_WORKSPACE } from '#server/workspace/workspace.ts'

const RESPONSE = Symbol('response')
const SIGNAL = Symbol('signal')

declare module 'fastify' {
  interface FastifyRequest {
    [RESPONSE]: ServerResponse | null
    [SIGNAL]: AbortSignal | null
  }
}

/** Fires when a response is over before it was written out; at once where that has happened already. */
function goneOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  const look = (): void => {
    if (!response.writableFinished) controller.abort()
  }
  if (response.destroyed || response.closed) look()
  else response.once('close', look)
  return controller.signal
}

/** Who asks, in whose data, in which language; first of all, so that even a refusal at the door is in the right language. */
export function registerIdentity(app: App, languages: Languages): void {
  app.decorateRequest('workspaceId', '')
  app.decorateRequest('actor', '')
  app.decorateRequest('workspaceLanguage', 'ko')
  app.decorateRequest(RESPONSE, null)
  app.decorateRequest(SIGNAL, null)
  // Made when it is first asked for: most requests are answered sooner than anybody could go away.
  app.decorateRequest('gone', {
    getter() {
      this[SIGNAL] ??= this[RESPONSE] ? goneOf(this[RESPONSE]) : new AbortController().signal
      return this[SIGNAL]
    },
  })
  app.addHook('onRequest', (request, reply, done) => {
    request.workspaceId = DEFAULT_WORKSPACE
    request.actor = 'local'
    request.workspaceLanguage = languages.of(DEFAULT_WORKSPACE)
    request[RESPONSE] = reply.raw
    done()
  })
}
