import type { FastifyRequest, InjectOptions } from 'fastify'
import type { App } from '#server/http.ts'
import { SeedRefusal } from './seed-refusal.ts'

/** What tells who asks, and in which language: an inner call is that of the same person. */
const CARRIED = ['host', 'origin', 'authorization', 'cookie', 'accept-language', 'idempotency-key', 'sec-fetch-site']

type Asking = Pick<FastifyRequest, 'headers' | 'ip'>
export type Call = readonly [method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object]

/** Asks our own API, as the one who asks us: whatever guards that call guards this one. */
export class Inside {
  readonly #app: App

  constructor(app: App) {
    this.#app = app
  }

  /** @throws SeedRefusal with the answer of the inner call where it was refused */
  async ask<Answer>(request: Asking, [method, url, body]: Call): Promise<Answer> {
    const headers = Object.fromEntries(
      CARRIED.flatMap((name) => (request.headers[name] === undefined ? [] : [[name, request.headers[name]]])),
    )
    const call: InjectOptions = { method, url, headers, remoteAddress: request.ip, ...(body && { payload: body }) }
    const answer = await this.#app.inject(call)
    if (answer.statusCode >= 400) throw new SeedRefusal(answer.statusCode, answer.payload)
    // The shapes of schemas/api, written by the same version.
    return (answer.payload === '' ? null : answer.json()) as Answer
  }
}
