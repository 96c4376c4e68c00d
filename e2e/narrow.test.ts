import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { EditorPage } from './support/editor-page.ts'
import { journey, LONG } from './support/journey.ts'
import { shown } from './support/see.ts'
import { smallReport } from './support/small-report.ts'

const sizes = [
  { width: 320, language: 'ko-KR', theme: 'light' },
  { width: 390, language: 'en-US', theme: 'dark' },
] as const

// A phone: what a person looks at on the way must fit without scrolling to the side.
journey('a narrow window', ({ product, visit }) => {
  test.each(sizes)(
    '$width pixels, $language, $theme: the page of a run, its flow, why somebody got it, and the outbox',
    ({ width, language, theme }) =>
      visit(
        async (page) => {
          const id = await product().addWorkflow(smallReport({ name: '좁은 곳', people: 30, connection: 'sandbox' }))
          const { runId } = (await product().api('POST', `/api/workflows/${id}/execute`, { version: 'draft' })) as {
            runId: string
          }
          const run = async () => (await product().api('GET', `/api/runs/${runId}`)) as { state: string }
          await expect.poll(async () => (await run()).state, { timeout: LONG / 2 }).toBe('completed')
          for (const path of [`/runs/${runId}?view=people`, `/runs/${runId}?view=flow`, `/outbox?runId=${runId}`, '/runs']) {
            await page.goto(path)
            await settled(page)
            expect({ path, over: await tooWide(page) }).toEqual({ path, over: [] })
          }
          await page.goto(`/runs/${runId}?view=people`)
          await page.getByRole('table').getByRole('row').filter({ hasText: '010-' }).first().click()
          await shown(page.getByRole('complementary').getByRole('group').first())
          await shown(
            page.getByRole('dialog', { name: language === 'ko-KR' ? '이 사람에게 일어난 일' : 'What happened to this person' }),
          )
          expect(await tooWide(page)).toEqual([])
          await page.goto(`/outbox?runId=${runId}`)
          await page.getByRole('list').getByRole('listitem').getByRole('button').first().click()
          await settled(page)
          expect(await tooWide(page)).toEqual([])
        },
        { size: { width, height: 720 }, language, theme },
      ),
    LONG,
  )

  test.each([320, 390])(
    'the launch dialog in %i pixels: figures, who is left out, and the button that sends',
    (width) =>
      visit(
        async (page) => {
          const editor = new EditorPage(page)
          await editor.open(await product().addWorkflow(smallReport({ name: '작은 창', people: 300, connection: 'sandbox' })))
          await editor.button('실행').press('Enter')
          const go = editor.launch.getByRole('button', { name: /명에게 (먼저 )?보내기$/ })
          await go.waitFor({ timeout: LONG / 2 })
          expect(await tooWide(page, '[role="dialog"]')).toEqual([])
          await editor.launch.getByRole('button', { name: '누구인지 보기' }).click()
          await shown(editor.launch.getByRole('region', { name: '빠지는 사람' }).getByRole('listitem').first())
          expect(await tooWide(page, '[role="dialog"]')).toEqual([])
          await go.scrollIntoViewIfNeeded()
          const box = await go.boundingBox()
          expect((box?.x ?? width) + (box?.width ?? 0)).toBeLessThanOrEqual(width)
        },
        { size: { width, height: 720 } },
      ),
    LONG,
  )
})

async function settled(page: Page): Promise<void> {
  await page.getByRole('main').waitFor()
  await page.waitForLoadState('networkidle').catch(() => undefined) // A live connection may keep it busy.
  await expect.poll(() => page.locator('[aria-busy="true"]').count(), { timeout: 10_000 }).toBe(0)
}

/** What sticks out of the window to the side, inside of `within`; what scrolls in a box of its own does not. */
function tooWide(page: Page, within = 'body'): Promise<string[]> {
  return page.evaluate((root) => {
    const scrolls = (element: Element): boolean => {
      for (let box = element.parentElement; box !== null && box !== document.body; box = box.parentElement)
        if (getComputedStyle(box).overflowX !== 'visible') return box.getBoundingClientRect().right <= innerWidth + 1
      return false
    }
    const out = [...document.querySelectorAll(`${root} *`)].filter((element) => {
      const { right, width, height } = element.getBoundingClientRect()
      return width > 0 && height > 0 && right > innerWidth + 1 && !scrolls(element)
    })
    const page =
      document.documentElement.scrollWidth > innerWidth ? [`the page is ${document.documentElement.scrollWidth} wide`] : []
    return [...page, ...out.slice(0, 5).map((element) => element.outerHTML.slice(0, 160))]
  }, within)
}
