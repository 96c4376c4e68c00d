import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'

export interface VisitOptions {
  readonly browser: Browser
  /** The product's address; a request to any other origin is a failure. */
  readonly url: string
  readonly language?: 'ko-KR' | 'en-US'
  readonly theme?: 'light' | 'dark'
  readonly size?: { readonly width: number; readonly height: number }
  /** Console errors that belong to the case, for example a 404 that is asked for on purpose. */
  readonly expected?: RegExp
}

/** What a visit must not do: complain in the console, crash, or ask anybody else. */
export interface Watched {
  readonly complaints: string[]
  readonly foreign: string[]
}

const shots = mkdtempSync(join(tmpdir(), 'alimflow-e2e-shots-'))

/**
 * One person with a browser of her own: a new context, watched for console errors, page errors and foreign requests.
 * When `act` throws, a picture of the page is kept in a temporary folder that the error names.
 */
export async function visit<T>(options: VisitOptions, act: (page: Page, context: BrowserContext) => Promise<T>): Promise<T> {
  const context = await options.browser.newContext({
    locale: options.language ?? 'ko-KR',
    timezoneId: 'Asia/Seoul',
    colorScheme: options.theme ?? 'light',
    viewport: options.size ?? { width: 1440, height: 900 },
    baseURL: options.url,
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(12_000)
  // A page that is opened anew loads everything, on a machine that may be busy with the other tests.
  context.setDefaultNavigationTimeout(60_000)
  const watched = watch(context, options)
  const page = await context.newPage()
  try {
    const result = await act(page, context)
    if (watched.complaints.length > 0) throw new Error(`the console is not clean:\n${watched.complaints.join('\n')}`)
    if (watched.foreign.length > 0) throw new Error(`foreign requests:\n${watched.foreign.join('\n')}`)
    return result
  } catch (error) {
    await keepPicture(context, error, watched)
    throw error
  } finally {
    await context.close()
  }
}

function watch(context: BrowserContext, { url, expected }: VisitOptions): Watched {
  const watched: Watched = { complaints: [], foreign: [] }
  const complain = (text: string) => {
    if (expected?.test(text) !== true) watched.complaints.push(text)
  }
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complain(`${message.type()}: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => complain(`uncaught: ${String(error.error().stack ?? error.error())}`))
  const { host } = new URL(url)
  context.on('request', (request) => {
    const to = new URL(request.url())
    if (to.protocol !== 'data:' && to.protocol !== 'blob:' && to.host !== host) watched.foreign.push(request.url())
  })
  return watched
}

async function keepPicture(context: BrowserContext, error: unknown, watched: Watched): Promise<void> {
  const paths: string[] = []
  for (const page of context.pages()) {
    const path = join(shots, `${Date.now()}-${paths.length}.png`)
    // The page may be the very thing that died.
    await page.screenshot({ path, timeout: 5000 }).then(
      () => paths.push(path),
      () => undefined,
    )
  }
  const places = context.pages().map((page) => page.url())
  if (error instanceof Error)
    error.message += `\n\nat ${places.join(', ')}\npicture: ${paths.join(', ')}\nconsole: ${watched.complaints.join('\n')}`
}
