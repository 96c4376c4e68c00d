import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { EditorPage } from './support/editor-page.ts'
import { journey } from './support/journey.ts'
import { gone, says, shown } from './support/see.ts'
import { addSandbox, smallReport } from './support/small-report.ts'

const LONG = 120_000

// The one look before something is sent: to how many, to whom not and why, what it costs, how long it takes; then a few first, or everybody.
journey('a launch', ({ product, visit }) => {
  const prepared = async (editor: EditorPage) => {
    const go = editor.launch.getByRole('button', { name: /명에게 (먼저 )?보내기$/ })
    await go.waitFor({ timeout: LONG / 2 })
    return go
  }
  const heading = (page: Page) => page.getByRole('dialog').getByRole('heading', { level: 2 })

  test(
    'by mouse: figures of the prepared run, who is left out, fifty first, then the rest',
    () =>
      visit(async (page) => {
        const connection = await addSandbox(product(), 'Priced', { messagesPerSecond: 200, priceAlimtalk: 13 })
        const editor = new EditorPage(page)
        await editor.open(await product().addWorkflow(smallReport({ name: '보내기', people: 300, connection })))
        await editor.button('실행').click()
        const go = await prepared(editor)
        await says(heading(page), /^[\d,]+명에게 보낼까요\?$/)
        const count = Number(/[\d,]+/.exec(await heading(page).innerText())?.[0].replaceAll(',', ''))
        expect(count).toBeGreaterThan(200)
        await says(editor.launch, `₩${(13 * count).toLocaleString('en')}`)
        await says(editor.launch, 'Priced 한도 초당 180건')
        await says(editor.launch, '(광고)로 시작하는 글이 없어요')
        await says(editor.launch, '이 워크플로의 첫 실행이에요')
        await says(editor.launch, '샌드박스로 보내요')
        await editor.launch.getByRole('button', { name: '누구인지 보기' }).click()
        await shown(editor.launch.getByRole('region', { name: '빠지는 사람' }).getByRole('listitem').first())
        await says(editor.launch.getByRole('region', { name: '빠지는 사람' }), /010-\*\*\*\*-\d{4}/)

        await says(go, '50명에게 먼저 보내기')
        await go.click()
        await page.waitForURL(/\/runs\//)
        const rest = page.getByRole('alert').getByRole('button', { name: `${(count - 50).toLocaleString('en')}명에게 보내기` })
        await rest.waitFor({ timeout: LONG / 2 })
        await shown(page.getByRole('button', { name: /^전달 \d+$/ }))
        await rest.click()
        await page
          .getByRole('dialog')
          .getByRole('button', { name: /명에게 보내기$/ })
          .click()
        await page.getByText('합계 일치').waitFor({ timeout: LONG / 2 })
      }),
    LONG * 2,
  )

  test(
    'by keyboard alone: open, all at once, send; and away again without having sent anything',
    () =>
      visit(async (page) => {
        const editor = new EditorPage(page)
        await editor.open(await product().addWorkflow(smallReport({ name: '자판', people: 40, connection: 'sandbox' })))
        // The rail has a link of the same name.
        const focused = () =>
          page.evaluate(() => (document.activeElement instanceof HTMLButtonElement ? document.activeElement.textContent : ''))
        const tabTo = async (name: RegExp) => {
          for (let turn = 0; turn < 60 && !name.test(await focused()); turn++) await page.keyboard.press('Tab')
          expect(await focused()).toMatch(name)
        }
        await tabTo(/^실행$/)
        await page.keyboard.press('Enter')
        await prepared(editor)
        // What was prepared is not thrown away by a slip.
        await page.keyboard.press('Escape')
        await says(heading(page), '준비한 것을 어떻게 할까요?')
        await page.keyboard.press('Escape')
        await gone(heading(page).filter({ hasText: '어떻게' }))
        await prepared(editor)
        await page.keyboard.press('Escape')
        await tabTo(/^그만두기$/)
        await page.keyboard.press('Enter')
        await gone(editor.launch)
        await expect.poll(focused).toBe('실행')

        // The same from the canvas, by its key.
        await editor.canvas.locator('.react-flow__node').first().focus()
        await page.keyboard.press('Control+Enter')
        await prepared(editor)
        await tabTo(/^\d+명에게 보내기$/)
        await page.keyboard.press('Enter')
        await page.waitForURL(/\/runs\//)
        await page.getByText('합계 일치').waitFor({ timeout: LONG / 2 })
      }),
    LONG * 2,
  )

  test(
    'over a problem it never opens: it leads to the first one',
    () =>
      visit(async (page) => {
        const editor = new EditorPage(page)
        await editor.open(
          await product().addWorkflow(smallReport({ name: '고칠 것', people: 40, connection: 'no-such-connection' })),
        )
        await shown(editor.canvas.getByRole('button', { name: /^고칠 것/ }))
        await editor.button('실행').click()
        await shown(editor.panel.getByRole('textbox', { name: '단계 이름' }))
        await shown(editor.dock.getByRole('tab', { name: /^문제/, selected: true }))
        expect(await editor.launch.count()).toBe(0)
      }),
    LONG,
  )

  test(
    'sent from another window meanwhile: the dialog says so and sends nothing twice',
    () =>
      visit(async (page) => {
        const editor = new EditorPage(page)
        const workflowId = await product().addWorkflow(smallReport({ name: '두 창', people: 40, connection: 'sandbox' }))
        await editor.open(workflowId)
        await editor.button('실행').click()
        await prepared(editor)
        // schemas/api/paging.ts' page of RunItem.
        const { items } = (await product().api('GET', `/api/runs?workflowId=${workflowId}`)) as { items: { id: string }[] }
        await product().api('POST', `/api/runs/${items[0]?.id}/approve`)
        await says(heading(page), '다른 곳에서 이미 보내기 시작했어요.')
        expect(await editor.launch.getByRole('button', { name: /보내기$/ }).count()).toBe(0)
        await editor.launch.getByRole('button', { name: '실행 #1 보기' }).click()
        await page.getByText('합계 일치').waitFor({ timeout: LONG / 2 })
      }),
    LONG,
  )
})
