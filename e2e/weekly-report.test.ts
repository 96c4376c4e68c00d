import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import report from '../examples/weekly-review-report.json' with { type: 'json' }
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

  /** A copy of the report for one test, so that each begins with the same draft. */
  async function openCopy(page: Page): Promise<EditorPage> {
    const editor = new EditorPage(page)
    await editor.open(await product.addWorkflow(report))
    return editor
  }

  test('previews ten real messages', () =>
    visit({ browser, url: product.url }, async (page) => {
      await page.goto('/')
      await page.getByRole('link', { name: '주간 리뷰 리포트' }).first().click()
      const editor = new EditorPage(page)
      await shown(editor.step('활성 사장님'))
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
      const editor = await openCopy(page)
      await editor.choose('활성 사장님')
      await editor.toSqlLine(2)
      await page.keyboard.type(' and c.nope = 1')
      await shown(editor.problemBadge('활성 사장님'))
      // Monaco underlines by a class alone; the line below the word is what a person sees.
      const mark = page.locator('.squiggly-error')
      await shown(mark)
      const word = await editor.panel.getByRole('code').getByText('nope').boundingBox()
      const under = await middle(mark)
      expect(under.y).toBeGreaterThan(word?.y ?? Infinity)
      expect(under.y).toBeLessThan((word?.y ?? 0) + (word?.height ?? 0) + 4)

      await editor.tab('문제')
      const listed = editor.dock.getByRole('listitem').filter({ hasText: '활성 사장님' })
      await says(listed.first(), 'nope')
      await editor.button('게시').hover()
      await shown(page.getByRole('tooltip', { name: /고칠 것이 \d+개 있어서 아직 게시할 수 없어요/ }))
      // Not `disabled`, so that its reason can be read; a press does nothing but show the problems.
      await editor.button('게시').press('Enter')
      await shown(page.getByText('초안 · 게시본 없음'))

      await editor.toSqlLine(2)
      for (let back = 0; back < ' and c.nope = 1'.length; back++) await page.keyboard.press('Backspace')
      await gone(editor.problemBadge('활성 사장님'))
      await gone(mark)
      await shown(editor.dock.getByText('고칠 것이 없어요.'))
    }))
  test('another format changes the message at once', () =>
    visit({ browser, url: product.url }, async (page) => {
      const editor = await openCopy(page)
      await editor.choose('변수 채우기')
      await editor.button('미리보기').click()
      await says(editor.bubble, '새 리뷰 128건')
      await editor.button('‘리뷰수’ 형식과 빈 값').click()
      const suffix = editor.field('앞뒤에 붙일 글')
      await suffix.fill('총 {value}개')
      await says(editor.bubble, '새 리뷰 총 128개')
      await editor.select('형식', /^금액/)
      await says(editor.bubble, '128원')
      // Quick changes of one field are one step of the history.
      while (await editor.button('되돌리기').isEnabled()) await editor.button('되돌리기').click()
      await says(editor.bubble, '새 리뷰 128건')
      await editor.saved()
    }))

  test('a filter dragged onto a line: its problem appears and vanishes; undo and redo; publishing', () =>
    visit({ browser, url: product.url }, async (page) => {
      const editor = await openCopy(page)
      await editor.addStep()
      const filter = editor.palette.getByRole('option', { name: /^조건으로 고르기/ })
      await shown(filter)
      await editor.drag(await middle(filter), await middle(editor.line('받지 않을 사람', '주간 리뷰 집계')))
      await counts(editor.line('받지 않을 사람', '조건으로 고르기'), 1)
      await counts(editor.line('조건으로 고르기', '주간 리뷰 집계'), 1)
      await gone(editor.palette)
      await shown(editor.problemBadge('조건으로 고르기'))
      await shown(editor.canvas.getByRole('button', { name: /고칠 것 \d+개 · 게시하려면 고쳐 주세요/ }))

      await editor.choose('조건으로 고르기')
      await editor.panel.getByRole('button', { name: '조건 추가', exact: true }).click()
      await editor.select('열', /^plan/)
      await editor.field('값').fill('프로')
      await gone(editor.problemBadge('조건으로 고르기'))

      for (let back = 0; back < 6 && (await editor.line('조건으로 고르기', '주간 리뷰 집계').count()) > 0; back++)
        await editor.button('되돌리기').click()
      await counts(editor.line('받지 않을 사람', '주간 리뷰 집계'), 1)
      await gone(editor.step('조건으로 고르기'))
      for (let on = 0; on < 6 && (await editor.button('다시 하기').isEnabled()); on++) await editor.button('다시 하기').click()
      await counts(editor.line('받지 않을 사람', '조건으로 고르기'), 1)
      await gone(editor.problemBadge('조건으로 고르기'))

      await editor.saved()
      await editor.button('게시').click()
      await shown(page.getByText('v1으로 게시했어요'))
      await shown(page.getByText('게시본 v1', { exact: true }))
      // What is saved is what is shown after coming back.
      await page.reload()
      await counts(editor.line('조건으로 고르기', '주간 리뷰 집계'), 1)
      await shown(page.getByText('게시본 v1', { exact: true }))
    }))

  test(
    'runs: live counts reach the total, every person has a result, the same text lies in the outbox',
    () =>
      visit({ browser, url: product.url }, async (page) => {
        const editor = await openCopy(page)
        await editor.runToAll()
        await shown(page.getByRole('region', { name: '요약' }))
        await page.getByText('합계 일치').waitFor({ timeout: 60_000 })
        const heading = page.getByRole('heading', { name: /[\d,]+명 모두 적어 두었어요/ })
        const total = Number(/[\d,]+/.exec(await heading.innerText())?.[0].replaceAll(',', ''))
        expect(total).toBeGreaterThan(3000)

        // The legend's chips are the outcomes: their sum is the first one.
        const chips = await page.getByRole('region', { name: '요약' }).getByRole('button').allInnerTexts()
        const [all, ...outcomes] = chips.map((chip) => Number(/[\d,]+$/.exec(chip.trim())?.[0].replaceAll(',', '')))
        expect(all).toBe(total)
        expect(outcomes.reduce((sum, count) => sum + count, 0)).toBe(total)

        await page.getByRole('button', { name: /^제외 [\d,]+$/ }).click()
        const people = page.getByRole('table', { name: '받는 사람 목록' })
        await shown(people.getByRole('row').nth(1))
        await people.getByRole('row').nth(1).click()
        const why = page.getByRole('complementary')
        await shown(why.getByText('왜 못 받았나요?'))
        await shown(why.getByText('보내지 않았어요.'))
        await why.getByRole('button', { name: '닫기' }).click()

        await page.getByRole('button', { name: /^제외 [\d,]+$/ }).click()
        await page.getByRole('button', { name: /^전달 [\d,]+$/ }).click()
        await shown(people.getByRole('row').nth(1).getByText('전달'))
        await people.getByRole('row').nth(1).click()
        await shown(why.getByText('왜 받았나요?'))
        const bubble = why.getByRole('group', { name: '받는 사람이 보는 메시지' })
        await says(bubble, '지난주 리뷰 소식')
        const text = await bubble.innerText()
        const company = /안녕하세요, (.+) 사장님/.exec(text)?.[1] ?? ''
        expect(company).not.toBe('')

        await why.getByRole('button', { name: '가린 값 보기' }).click()
        await why.getByRole('link', { name: '이 번호가 받은 글 모두 보기' }).click()
        await page.waitForURL(/\/outbox/)
        const conversation = page.getByRole('region', { name: / 님이 받은 글$/ })
        if (!(await conversation.isVisible()))
          await page.getByRole('list', { name: '대화 목록' }).getByRole('listitem').first().click()
        await says(conversation, company)
        await says(conversation, '지난주 리뷰 소식')
      }),
    90_000,
  )
})
