import { test } from 'vitest'
import { EditorPage } from './support/editor-page.ts'
import { journey } from './support/journey.ts'
import { counts, gone, says, shown } from './support/see.ts'

journey('a workflow from an empty canvas', ({ visit }) => {
  test(
    'palette clicks and wires, a text with variables, preview, publish, run, read a message',
    () =>
      visit(async (page) => {
        await page.goto('/')
        await page.getByRole('button', { name: '새 워크플로' }).first().click()
        const editor = new EditorPage(page)
        await shown(editor.palette)
        await editor.fromPalette('직접 시작')
        await shown(editor.step('직접 시작'))

        await editor.wireOut('직접 시작', { right: 130, down: 0 })
        await editor.fromPalette('SQL 조회')
        await counts(editor.line('직접 시작', 'SQL 조회'), 1)
        await editor.select('데이터베이스', '샘플 가게')
        await editor.toSqlLine(1)
        await page.keyboard.type(
          "select name, contacts as mobile, company_name, opted_out_at from customers where status = 'active' and plan = '프로' order by id",
        )

        await editor.addStep()
        await editor.fromPalette('받지 않을 사람 빼기')
        await counts(editor.line('SQL 조회', '받지 않을 사람 빼기'), 1)
        await editor.select('번호·주소 열', /^mobile/)

        await editor.addStep()
        await editor.fromPalette('변수 채우기')
        await editor.addStep()
        await editor.fromPalette('템플릿')
        await counts(editor.line('변수 채우기', '템플릿'), 1)
        const text = editor.panel.getByRole('textbox', { name: '글', exact: true })
        await text.click()
        await page.keyboard.type('반가워요, #company')
        await page
          .getByRole('option', { name: /company_name/ })
          .first()
          .click()
        await page.keyboard.type(' 사장님!')

        await editor.addStep()
        await editor.fromPalette('문자 보내기')
        await counts(editor.line('템플릿', '문자 보내기'), 1)
        await editor.select('보내는 서비스', '샌드박스')
        await editor.select('휴대폰 번호 열', /^mobile/)
        await gone(editor.canvas.getByRole('button', { name: /^고칠 것/ }))

        await editor.button('미리보기').click()
        await says(editor.bubble, /^반가워요, .+ 사장님!/)
        await editor.saved()
        await editor.button('게시').click()
        await shown(page.getByText('게시본 v1', { exact: true }))

        await editor.runToAll()
        await page.getByText('합계 일치').waitFor({ timeout: 60_000 })
        await page.getByRole('button', { name: /^전달 [\d,]+$/ }).click()
        const people = page.getByRole('table', { name: '받는 사람 목록' })
        await people.getByRole('row').nth(1).click()
        await says(
          page.getByRole('complementary').getByRole('group', { name: '받는 사람이 보는 메시지' }),
          /반가워요, .+ 사장님!/,
        )
      }),
    120_000,
  )
})
