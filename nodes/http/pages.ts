import { AppError, retryAfterOf, type Clock, type Http, type Json } from '#runtime/sdk/index.ts'
import { LIMITS, type Config, type Paging } from './config.ts'
import { at, describe, readJson } from './exact-json.ts'

interface Asking {
  readonly service: Http
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** The items of one answer. */
export type Page = readonly Json[]

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const SHOWN = 200
const TRIES = 3
const LONGEST_REST_MS = 30_000
const PAGE_TIMEOUT_MS = 60_000

/** All pages, one after the other: none is asked for before the one before was taken. @throws AppError `http-…` */
export async function* pagesOf(config: Config, asking: Asking): AsyncGenerator<Page> {
  const { maxPages = LIMITS.pages, maxMegabytes = LIMITS.megabytes, maxMinutes = LIMITS.minutes } = config
  const until = asking.clock.now().getTime() + maxMinutes * 60_000
  const seen = new Set<string>()
  let bytes = 0
  let taken = 0
  let url: string | null = firstUrl(config)
  for (let page = 1; url !== null; page++) {
    if (page > maxPages) throw new AppError('http-too-much', { limit: `${maxPages} pages` })
    if (asking.clock.now().getTime() > until) throw new AppError('http-too-much', { limit: `${maxMinutes} min` })
    if (seen.has(url)) throw new AppError('http-turns-in-circles', {})
    seen.add(url)
    const answer = await askPatiently(url, config, asking)
    bytes += Buffer.byteLength(answer.body)
    if (bytes > maxMegabytes * 1_000_000) throw new AppError('http-too-much', { limit: `${maxMegabytes} MB` })
    const { items, value } = itemsOf(answer, config.pointer ?? '')
    yield items
    taken += items.length
    url = nextUrl(config, { url, page, taken, items, value, headers: answer.headers })
  }
}

/** Asks again where the other side is busy, as long as it says or a little. */
async function askPatiently(url: string, config: Config, { service, clock, signal }: Asking): Promise<Answer> {
  const { method = 'GET', body } = config
  for (let turn = 1; ; turn++) {
    signal.throwIfAborted()
    const answer = await service.request({
      method,
      url,
      signal,
      timeoutMs: PAGE_TIMEOUT_MS,
      ...(method === 'POST' && { body: body ?? '{}', headers: { 'content-type': 'application/json' } }),
    })
    const isBusy = answer.status === 429 || answer.status >= 500
    if (answer.status >= 200 && answer.status < 300) return answer
    const detail = answer.headers['location'] ?? beginningOf(answer.body)
    if (!isBusy) throw new AppError('http-status', { status: answer.status, detail })
    if (turn >= TRIES) throw new AppError('http-busy', { status: answer.status, detail })
    await clock.sleep(
      Math.min(retryAfterOf(answer.headers['retry-after'], clock.now().getTime()) ?? 1000 * turn, LONGEST_REST_MS),
      signal,
    )
  }
}

const beginningOf = (body: string): string => body.replace(/\s+/g, ' ').trim().slice(0, SHOWN)

/** @throws AppError `http-not-json`, `http-wrong-place` (with what is there) */
function itemsOf({ body }: Answer, pointer: string): { items: Page; value: Json } {
  const read = readJson(body.replace(/^\uFEFF/, ''))
  if (!read) throw new AppError('http-not-json', { detail: beginningOf(body) || '–' })
  const found = at(read.value, pointer)
  if ('value' in found && Array.isArray(found.value)) return { items: found.value, value: read.value }
  const what = 'value' in found ? describe(found.value) : found.found
  throw new AppError('http-wrong-place', { pointer: pointer || '/', found: what })
}

const withParameters = (url: string, parameters: readonly (readonly [string, string | number | undefined])[]): string => {
  const [path = '', query = ''] = url.split('?', 2)
  const search = new URLSearchParams(query)
  for (const [name, value] of parameters) if (name !== '' && value !== undefined) search.set(name, String(value))
  const text = search.toString()
  return text === '' ? path : `${path}?${text}`
}

function firstUrl({ path, paging = { by: 'none' } }: Pick<Config, 'path' | 'paging'>): string {
  if (paging.by === 'page')
    return withParameters(path, [
      [paging.parameter ?? 'page', paging.first ?? 1],
      [paging.sizeParameter ?? '', paging.size],
    ])
  if (paging.by === 'offset')
    return withParameters(path, [
      [paging.parameter ?? 'offset', 0],
      [paging.sizeParameter ?? 'limit', paging.size],
    ])
  return path
}

interface Turning {
  readonly url: string
  /** Counted from 1. */
  readonly page: number
  /** Items that came until now. */
  readonly taken: number
  readonly items: Page
  readonly value: Json
  readonly headers: Readonly<Record<string, string>>
}

/** Where the next page is; null: that was the last. */
function nextUrl({ path, paging = { by: 'none' } }: Pick<Config, 'path' | 'paging'>, turning: Turning): string | null {
  const { url, page, taken, items } = turning
  if (paging.by === 'none') return null
  if (paging.by === 'link') {
    const link = linkIn(turning.headers['link'] ?? '')
    return link?.startsWith('?') ? `${path.split('?', 1)[0]}${link}` : link
  }
  if (paging.by === 'cursor') return cursorUrl(path, paging, turning)
  // A page that is not full is the last; where nobody knows how full one is, an empty one.
  if (items.length === 0 || (paging.size !== undefined && items.length < paging.size)) return null
  if (paging.by === 'page') return withParameters(url, [[paging.parameter ?? 'page', (paging.first ?? 1) + page]])
  return withParameters(url, [[paging.parameter ?? 'offset', taken]])
}

function cursorUrl(path: string, paging: Paging & { by: 'cursor' }, { value }: Turning): string | null {
  const found = at(value, paging.pointer)
  if (!('value' in found) || found.value === null || found.value === '' || found.value === false) return null
  if (typeof found.value !== 'string' && typeof found.value !== 'number') return null
  const cursor = String(found.value)
  // Some services give the whole address of the next page.
  return /^https?:\/\//.test(cursor) ? cursor : withParameters(path, [[paging.parameter ?? 'cursor', cursor]])
}

/** `<https://…>; rel="next"` */
function linkIn(header: string): string | null {
  for (const [, url = '', rest = ''] of header.matchAll(/<([^>]*)>([^<]*)/g))
    if (/;\s*rel\s*=\s*"?[^"]*\bnext\b/i.test(rest)) return url
  return null
}
