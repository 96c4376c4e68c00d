import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { browserMissing, launchBrowser } from '#server/test/browser.ts'
import { startProduct, type Product, type StartOptions } from './product.ts'
import { visit, type VisitOptions } from './visit.ts'

/** Milliseconds in which a whole journey is over, also on a machine that is busy with other things. */
export const LONG = 120_000

/** A product of its own and somebody who visits it. */
export interface Journey {
  /** The running product; only inside a test. */
  readonly product: () => Product
  /** One person with a browser of her own (support/visit.ts). */
  readonly visit: (
    act: (page: Page, context: BrowserContext) => Promise<void>,
    options?: Partial<Omit<VisitOptions, 'browser' | 'url'>>,
  ) => Promise<void>
}

/** How a journey's product differs from the one that `npm start` makes: more environment, made before it starts. */
export type JourneyOptions = StartOptions & { env?: () => Promise<Record<string, string>> | Record<string, string> }

/** Tests that share one running product and one browser. Left out where there is no Chromium. */
export function journey(name: string, tests: (journey: Journey) => void, { env, ...start }: JourneyOptions = {}): void {
  describe.skipIf(browserMissing)(name, () => {
    let product: Product | undefined
    let browser: Browser | undefined
    beforeAll(async () => {
      ;[product, browser] = await Promise.all([
        Promise.resolve(env?.()).then((more) => startProduct(more, start)),
        launchBrowser(),
      ])
    }, LONG)
    afterAll(async () => {
      await browser?.close()
      await product?.end()
    })
    const running = (): Product => {
      if (product === undefined) throw new Error('The product was not started')
      return product
    }
    tests({
      product: running,
      visit: (act, options = {}) => {
        if (browser === undefined) throw new Error('The browser was not started')
        return visit({ browser, url: running().url, ...options }, act)
      },
    })
  })
}
