import '@fastify/cookie'
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '#runtime/sdk/index.ts'
import { isLoopback } from '#server/config.ts'

export interface DoorOptions {
  /** Address the server listens on. */
  readonly host: string
  /** What the admin door demands; null: nothing (loopback only). */
  readonly token: string | null
  /** Other names under which it may be reached (behind a proxy). */
  readonly names?: readonly string[]
}

const KEPT_HOSTS = 100
const COOKIE = 'alimflow_token'

/** Compares without telling by the time it takes how much was right. */
function same(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHmac('sha256', 'compare').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}

function hostName(value: string): string {
  return value
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase()
}

/** Does a Host header name us? Asked for the same few names again and again, so their answers are kept. */
function hostCheck({ host, names = [] }: DoorOptions): (given: string) => boolean {
  const own = hostName(host)
  const known = new Set<string>()
  return (given) => {
    if (known.has(given)) return true
    const name = hostName(given)
    const isOurs = isLoopback(name) || name === own || names.includes(name)
    // Ports are free to be any; more of them than people use are not kept.
    if (isOurs && known.size < KEPT_HOSTS) known.add(given)
    return isOurs
  }
}

/** A foreign page that let its name point at us (DNS rebinding) still sends its own name as Host. */
function checkHost({ headers: { host = '' } }: FastifyRequest, isOurs: (host: string) => boolean): void {
  if (!isOurs(host)) throw new AppError('foreign-host', { host: hostName(host) || '?' })
}

/** A browser tells where a request comes from; a foreign page must not be able to act in the user's name. */
function checkOrigin(request: FastifyRequest): void {
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  if (origin !== undefined && origin !== 'null') {
    let from = ''
    try {
      from = new URL(origin).host
    } catch {
      throw new AppError('foreign-origin', { origin })
    }
    if (from !== host) throw new AppError('foreign-origin', { origin })
    return
  }
  // A socket is opened by GET and can do more than look; no rule of browsers keeps foreign pages from opening one.
  const changes = (request.method !== 'GET' && request.method !== 'HEAD') || request.headers.upgrade !== undefined
  if (changes && (origin === 'null' || site === 'cross-site'))
    throw new AppError('foreign-origin', { origin: origin ?? 'another site' })
}

function givenToken(request: FastifyRequest): string | null {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  return bearer ?? request.cookies[COOKIE] ?? null
}

/** Everything but the page's own static files asks for the token where there is one. */
function needsToken(request: FastifyRequest): boolean {
  const path = request.url.split('?')[0] ?? ''
  return /^\/(api|ws|schemas)(\/|$)/.test(path) && path !== '/api/health'
}

/** The admin door: loopback, or a token; known names; no foreign pages. */
export function registerDoors(app: FastifyInstance, options: DoorOptions): void {
  const isOurs = hostCheck(options)
  const { token } = options
  app.addHook('onRequest', (request, _reply, done) => {
    // With a token the token is the lock; names of a company's network cannot be known here.
    if (token === null) checkHost(request, isOurs)
    checkOrigin(request)
    done()
  })
  if (token !== null) registerToken(app, token)
}

function registerToken(app: FastifyInstance, token: string): void {
  app.addHook('onRequest', async (request, reply) => {
    const isAsking = request.method === 'GET' && request.url.includes('?')
    const offered = isAsking ? new URL(request.url, 'http://x').searchParams.get('token') : null
    if (offered !== null && same(offered, token)) {
      // The address that was printed carries the token once; then a cookie does, and the address is clean again.
      void reply.setCookie(COOKIE, token, { path: '/', httpOnly: true, sameSite: 'strict', maxAge: 30 * 86_400 })
      const clean = new URL(request.url, 'http://x')
      clean.searchParams.delete('token')
      await reply.redirect(clean.pathname + clean.search)
      return
    }
    const given = givenToken(request)
    if (needsToken(request) && (given === null || !same(given, token))) throw new AppError('unauthorized', {})
  })
}
