import { expect, test } from 'vitest'
import { EditorPage } from './support/editor-page.ts'
import { journey, LONG } from './support/journey.ts'
import { gone, shown } from './support/see.ts'
import { smallReport } from './support/small-report.ts'

// Parts that are loaded when first used: out of reach of the server they say so in their own place, and come when it is back.
journey('parts that come late', ({ product, visit }) => {
  test(
    'no server can be reached when the SQL editor, the launch dialog and the finder are first opened: nothing typed is lost',
    () =>
      visit(
        async (page, context) => {
          const editor = new EditorPage(page)
          await editor.open(await product().addWorkflow(smallReport({ name: '늦게', people: 20, connection: 'sandbox' })))
          await shown(editor.step('활성 사장님'))
          await gone(editor.canvas.getByRole('button', { name: /^고칠 것/ }))
          await context.setOffline(true)

          await editor.step('활성 사장님').click()
          const name = editor.panel.getByRole('textbox', { name: '단계 이름' })
          await name.fill('꺼진 동안 고친 이름')
          await name.press('Enter')
          const sql = editor.panel.getByRole('alert').filter({ hasText: '이 부분을 불러오지 못했어요' })
          await shown(sql.getByText('서버에 닿지 않아요.', { exact: false }))

          await editor.button('실행').click()
          const failed = page.getByRole('dialog', { name: '이 부분을 불러오지 못했어요' })
          await shown(failed)
          await failed.getByRole('button', { name: '닫기' }).click()
          await gone(failed)
          await page.keyboard.press('Control+k')
          await shown(failed)
          await page.keyboard.press('Escape')
          await gone(failed)

          await context.setOffline(false)
          await sql.getByRole('button', { name: '다시 시도' }).click()
          await editor.panel.getByRole('textbox', { name: '조회문', exact: true }).waitFor({ timeout: LONG / 4 })
          expect(await name.inputValue()).toBe('꺼진 동안 고친 이름')
          await page.getByText(/^저장됨/).waitFor({ timeout: LONG / 3 })
          await editor.button('실행').click()
          await editor.launch.getByRole('button', { name: /명에게 (먼저 )?보내기$/ }).waitFor({ timeout: LONG / 2 })
        },
        { expected: /ERR_INTERNET_DISCONNECTED|WebSocket|Failed to (load|fetch)/ },
      ),
    LONG * 2,
  )

  test(
    'code that the server no longer has (another version came): the part says that a new page helps, the screen stays',
    () =>
      visit(
        async (page) => {
          await page.route(/\/assets\/sql-editor-.*\.js$/, (route) => route.fulfill({ status: 404, body: '' }))
          const editor = new EditorPage(page)
          await editor.open(await product().addWorkflow(smallReport({ name: '새 판', people: 20, connection: 'sandbox' })))
          await editor.step('활성 사장님').click()
          const sql = editor.panel.getByRole('alert').filter({ hasText: '이 부분을 불러오지 못했어요' })
          await shown(sql)
          await page.unroute(/\/assets\/sql-editor-.*\.js$/)
          await editor.panel.getByRole('button', { name: '새로고침' }).click()
          await editor.step('활성 사장님').click()
          await editor.panel.getByRole('textbox', { name: '조회문', exact: true }).waitFor({ timeout: LONG / 4 })
        },
        { expected: /status of 404|MIME type|Failed to (load|fetch)/ },
      ),
    LONG,
  )
})
