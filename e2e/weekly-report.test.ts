import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from '#server/test/browser.ts'
import { EditorPage } from './support/editor-page.ts'
import { startProduct, type Product } from './support/product.ts'
import { counts, gone, middle, says, shown } from './support/see.ts'
import { visit } from './support/visit.ts'

// What a new user does with the sample workflow, from the first page to the text that went out.
describe.skipIf(browserMissing)('the weekly review report', () => {
  let product: Product
  let browser: Browser
  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startProduct(), launchBrowser()])
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await product?.end()
  })

  /** From the first page, as a person finds it. */
  async function openReport(page: Page): Promise<EditorPage> {
    await page.goto('/')
    await page.getByRole('link', { name: '주간 리뷰 리포트' }).first().click()
    const editor = new EditorPage(page)
    await shown(editor.canvas)
    await shown(editor.step('활성 사장님'))
    return editor
  }

  test('previews ten real messages', () =>
    visit({ browser, url: product.url }, async (page) => {
      const editor = await openReport(page)
      await editor.button('미리보기').click()
      await says(editor.bubble, '안녕하세요, 행복분식 사장님!')
      await says(editor.bubble, '128건')
      await shown(editor.panel.getByText('1 / 10'))
      await counts(editor.dock.getByRole('row', { name: /010-\*\*\*\*-/ }), 10)
      await editor.button('다음 사람').click()
      await says(editor.bubble, '초록약국')
      // Where nobody rated, the default of the mapping stands.
      await editor.button('다음 사람').click()
      await says(editor.bubble, '집계 전')
    }))

  test('broken SQL: a problem at its place, publishing is blocked, mending it is enough', () =>
    visit({ browser, url: product.url }, async (page) => {
      const editor = await openReport(page)
      await editor.choose('활성 사장님')
      await editor.typeSql(3, ' and c.nope = 1')
      await shown(editor.problemBadge('활성 사장님'))
      const wrong = page.getByText('where c.status').last()
      const mark = page.locator('.squiggly-error')
      await shown(mark)
      const line = await wrong.boundingBox()
      expect((await middle(mark)).y).toBeGreaterThan(line?.y ?? Infinity)
      expect((await middle(mark)).y).toBeLessThan((line?.y ?? 0) + (line?.height ?? 0) + 8)

      await editor.tab('문제')
      const listed = editor.dock.getByRole('listitem').filter({ hasText: '활성 사장님' })
      await says(listed.first(), 'nope')
      await editor.button('게시').hover()
      await shown(page.getByRole('tooltip', { name: /고칠 것이 \d+개 있어서 아직 게시할 수 없어요/ }))
      await editor.button('게시').click()
      await shown(page.getByText('초안 · 게시본 없음'))

      await editor.typeSql(3, '')
      for (let back = 0; back < ' and c.nope = 1'.length; back++) await page.keyboard.press('Backspace')
      await gone(editor.problemBadge('활성 사장님'))
      await gone(mark)
      await shown(editor.dock.getByText('고칠 것이 없어요.'))
    }))
})
