import { randomUUID } from 'node:crypto'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastify from 'fastify'
import type { Log } from '#runtime/sdk/index.ts'
import type { App } from '#server/http.ts'
import { answerUnrouted, registerErrors, unknownAddress } from '#server/plugins/errors.ts'
import { registerWebhooks, type WebhookDoor } from './hooks.ts'

export interface PublicDoorDeps extends WebhookDoor {
  readonly log: Log
  /** From one address; default far above what a service makes. */
  readonly requestsPerMinute?: number
  /** Addresses and ranges of proxies: a request that comes through them counts for whom they name. */
  readonly trustedProxies?: readonly string[]
}

/** What services send is small. */
const BODY_LIMIT = 256 * 1024
const RATE = 6000

/**
 * The door to the internet: nothing of the admin door is here. Each way in brings its own signature; nothing is changed by GET. What comes
 * later (reports of providers, unsubscribing) is one more line below.
 */
export async function buildPublicDoor(deps: PublicDoorDeps): Promise<App> {
  const app: App = fastify({
    bodyLimit: BODY_LIMIT,
    trustProxy: deps.trustedProxies?.length ? [...deps.trustedProxies] : false,
    forceCloseConnections: 'idle',
    requestTimeout: 30_000,
    genReqId: () => randomUUID(),
    frameworkErrors: answerUnrouted(deps.log),
  })
  registerErrors(app, deps.log)
  app.decorateRequest('workspaceLanguage', 'en')
  // A signature is over the bytes as they came: every body stays what it is.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  await app.register(helmet, { contentSecurityPolicy: { directives: { 'default-src': ["'none'"] } } })
  await app.register(rateLimit, {
    max: deps.requestsPerMinute ?? RATE,
    timeWindow: 60_000,
    keyGenerator: (request) => request.ip ?? 'local',
  })
  app.get('/health', { schema: { hide: true } }, async () => ({ status: 'ok' }))
  registerWebhooks(app, deps)
  // Also those who try addresses out are counted.
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, unknownAddress)
  return app
}
