import { gzipSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import report from '../examples/weekly-review-report.json' with { type: 'json' }
import { words } from '#editor/words/ko/all.ts'
import { browserMissing, launchBrowser } from '#server/test/browser.ts'
import { startProduct, type Product } from './support/product.ts'
import { visit } from './support/visit.ts'

/** Bytes of the page, its scripts and styles until the first page stands still, each compressed with gzip (house rule: 300 kB). */
const FIRST_LOAD = 300_000
/** The same for the very first start, which shows the sample at once, in three steps: without the graph and its forms. */
const FIRST_START = 370_000

/** Roots of the keys of words; a text that begins so and goes on with a point is a key that nobody translated. */
const rawKey = new RegExp(String.raw`(?<![\w@/.-])(?:${Object.keys(words).join('|')})\.[a-z]\w+(?:\.\w+)*`)

describe.skipIf(browserMissing)('every screen in both languages and themes', () => {
  let product: Product
  let browser: Browser
  let routes: string[] = []
  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startProduct(), launchBrowser()])
    const id = await product.addWorkflow(report)
    const columns = [{ name: 'phone', label: 'Phone', kind: 'phone' }]
    // schemas/list.ts' StoredList.
    const list = (await product.api('POST', '/api/lists', { name: '3월', columns, rows: [['010-1234-3312']] })) as { id: string }
    routes = [
      '/',
      '/examples',
      `/workflows/${id}`,
      `/workflows/${id}?view=steps`,
      `/workflows/${id}?view=welcome`,
      `/workflows/${id}/runs`,
      `/workflows/${id}/versions`,
      '/runs',
      '/outbox',
      '/data',
      '/data/new',
      '/data/sample-shop',
      `/data/lists/${list.id}`,
      '/totals',
      '/schedules',
      '/people',
      '/settings',
      '/start/list',
      '/start/steps',
    ]
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await product?.end()
  })

  /** Until nothing is loaded any more and no placeholder is left. */
  async function settled(page: Page): Promise<void> {
    await page.getByRole('main').waitFor()
    await page.waitForLoadState('networkidle').catch(() => undefined) // A live connection may keep it busy.
    await expect.poll(() => page.locator('[aria-busy="true"]').count(), { timeout: 10_000 }).toBe(0)
  }

  const cases = [
    { language: 'ko-KR', theme: 'light', axe: true },
    { language: 'en-US', theme: 'dark', axe: true },
    { language: 'ko-KR', theme: 'dark', axe: false },
    { language: 'en-US', theme: 'light', axe: false },
  ] as const

  test.each(cases)(
    '$language, $theme: words, language of the page, room at 1024 × 768, what a screen reader needs',
    ({ language, theme, axe }) =>
      visit({ browser, url: product.url, language, theme, size: { width: 1024, height: 768 } }, async (page) => {
        for (const route of routes) {
          await page.goto(route)
          await settled(page)
          const seen = await page.evaluate(() => ({
            lang: document.documentElement.lang,
            theme: document.documentElement.dataset.theme,
            title: document.title,
            text: document.body.innerText,
            over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          }))
          expect({ route, lang: seen.lang, theme: seen.theme }).toEqual({ route, lang: language.slice(0, 2), theme })
          expect(seen.title, route).not.toBe('')
          expect(seen.text.match(rawKey)?.[0], route).toBe(undefined)
          expect(seen.text.length, route).toBeGreaterThan(40)
          expect(seen.over, `${route} is wider than the window`).toBeLessThanOrEqual(0)
          if (axe) expect(await findings(page), route).toEqual([])
        }
      }),
    240_000,
  )

  test.each([
    { first: 'the list of workflows', view: null, most: FIRST_LOAD },
    { first: 'the first start', view: 'view=welcome', most: FIRST_START },
  ])('the first page is light: $first', ({ view, most }) =>
    visit({ browser, url: product.url }, async (page) => {
      const sizes: Promise<number>[] = []
      page.on('requestfinished', (request) => {
        if (['document', 'script', 'stylesheet'].includes(request.resourceType())) sizes.push(gzipped(request))
      })
      await page.goto(view === null ? '/' : (routes.find((route) => route.endsWith(view)) ?? ''))
      await settled(page)
      const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
      expect(bytes).toBeGreaterThan(50_000)
      expect(bytes).toBeLessThanOrEqual(most)
    }),
  )
})

/** Compressed here, so that the figure is the same whether or not the server did. */
async function gzipped(request: Request): Promise<number> {
  const response = await request.response()
  return response === null ? 0 : gzipSync(await response.body()).byteLength
}

/** What axe calls serious or worse, each with the first place where it is. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0]?.html.slice(0, 200) ?? ''} ${nodes[0]?.any[0]?.message ?? ''}`)
}
