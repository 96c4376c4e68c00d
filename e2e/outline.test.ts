import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { EditorPage } from './support/editor-page.ts'
import { journey, LONG } from './support/journey.ts'
import { counts, gone, says, shown } from './support/see.ts'
import { smallReport } from './support/small-report.ts'

// The graph as a list, for those who do not see or do not use the picture: every key press here is all that such a person has.
journey('the workflow as a list', ({ product, visit }) => {
  const list = (page: Page) => page.getByRole('tree', { name: '단계 목록' })
  const row = (page: Page, name: string) => list(page).getByRole('treeitem', { name: new RegExp(`^${name}`) })
  const focused = (page: Page) =>
    page.evaluate(() =>
      document.activeElement instanceof HTMLElement ? document.activeElement.innerText.replaceAll('\n', ' ') : '',
    )
  const stands = (page: Page, name: string) => expect.poll(() => focused(page)).toMatch(new RegExp(`^${name}`))
  const heard = (page: Page, sentence: string) => shown(page.getByRole('status').filter({ hasText: sentence }))

  test.each([
    { theme: 'light', reads: 'by keyboard' },
    { theme: 'dark', reads: 'in the dark theme' },
  ] as const)(
    '$reads: walk, add, rename, delete, connect, disconnect, undo, and back to the picture; changes are told',
    ({ theme }) =>
      visit(
        async (page) => {
          const editor = new EditorPage(page)
          const draft = smallReport({ name: '목록으로', people: 20, connection: 'sandbox' })
          await editor.open(await product().addWorkflow(draft))
          await shown(editor.step('활성 사장님'))
          await gone(editor.canvas.getByRole('button', { name: /^고칠 것/ }))
          await page.keyboard.press('o')
          await counts(list(page).getByRole('treeitem'), 7)
          await stands(page, '매주 월요일 09:00')
          await page.keyboard.press('ArrowDown')
          await stands(page, '활성 사장님.*다음: 받지 않을 사람')
          await shown(editor.panel.getByRole('textbox', { name: '단계 이름' }))
          const { violations } = await new AxeBuilder({ page }).include('[role="tree"]').include('[role="toolbar"]').analyze()
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([])

          await page.keyboard.press('n')
          await shown(editor.palette)
          await page.keyboard.type('앞에서 몇')
          await page.keyboard.press('Enter')
          await heard(page, '‘앞에서 몇 명만’ 단계를 추가했어요.')
          await stands(page, '앞에서 몇 명만.*다음: 받지 않을 사람')
          await page.keyboard.press('F2')
          await page.keyboard.type('먼저 열 명')
          await page.keyboard.press('Enter')
          await stands(page, '먼저 열 명')
          await page.keyboard.press('Delete')
          await heard(page, '‘먼저 열 명’ 단계를 지웠어요.')
          await shown(row(page, '활성 사장님.*다음: 받지 않을 사람'))
          await stands(page, '받지 않을 사람')

          await page.keyboard.press('ArrowDown')
          await stands(page, '주간 리뷰 집계')
          await page.keyboard.press('c')
          const links = page.getByRole('dialog', { name: '‘주간 리뷰 집계’ 잇기' })
          await expect
            .poll(() => links.getByRole('combobox', { name: '앞 단계' }).evaluate((field) => field === document.activeElement))
            .toBe(true)
          await page.keyboard.press('Control+a')
          await page.keyboard.type('활성')
          await shown(page.getByRole('option', { name: '활성 사장님' }))
          await page.keyboard.press('ArrowDown')
          await page.keyboard.press('Enter')
          await heard(page, '‘활성 사장님’ 다음에 ‘주간 리뷰 집계’ 단계를 이었어요.')
          await page.keyboard.press('Escape')
          await gone(links)
          await shown(row(page, '활성 사장님.*받지 않을 사람, 주간 리뷰 집계'))
          // Two ways on: both are branches now.
          expect(await row(page, '주간 리뷰 집계').getAttribute('aria-level')).toBe('2')
          await stands(page, '주간 리뷰 집계')
          await page.keyboard.press('Control+z')
          await shown(row(page, '받지 않을 사람.*다음: 주간 리뷰 집계'))

          await page.keyboard.press('o')
          await shown(editor.step('주간 리뷰 집계'))
          await gone(list(page))
          await editor.saved()
        },
        { theme },
      ),
    LONG,
  )

  test(
    'what goes wrong is told as well, and what is mended; the branch of a message is one deeper, and can be cut by choice',
    () =>
      visit(async (page) => {
        const editor = new EditorPage(page)
        await editor.open(await product().addWorkflow((await import('../examples/weekly-review-report.json')).default))
        await shown(editor.step('문자로 다시'))
        await gone(editor.canvas.getByRole('button', { name: /^고칠 것/ }))
        await page.keyboard.press('o')
        expect(await row(page, '문자로 다시').getAttribute('aria-level')).toBe('2')
        await row(page, '문자로 다시').focus()
        await page.keyboard.press('c')
        const links = page.getByRole('dialog', { name: '‘문자로 다시’ 잇기' })
        await shown(links)
        await page.keyboard.press('Escape')
        await gone(links)
        // It was judged: what goes wrong from here on is news.
        await says(row(page, '활성 사장님'), '열 7개')
        await row(page, '변수 채우기').focus()
        await page.keyboard.press('Delete')
        await shown(page.getByRole('status').filter({ hasText: /고칠 것이 .*(있어요|생겼어요)/ }))
        await page.keyboard.press('Control+z')
        await shown(page.getByRole('status').filter({ hasText: /고칠 것이 없어졌어요/ }))
      }),
    LONG,
  )
})
