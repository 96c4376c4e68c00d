import { expect, test } from 'vitest'
import { listWorkflow } from '#server/routes/test/list-workflow.ts'
import { journey, LONG } from './support/journey.ts'
import { says, shown } from './support/see.ts'

// The lists that were pasted: looked at without showing anybody's number, called otherwise, and deleted when nothing reads them any more.
journey('lists that were pasted', ({ product, visit }) => {
  test(
    'a list is found under Data, named anew, kept while a workflow reads it, and deleted after that',
    () =>
      visit(
        async (page) => {
          const columns = [
            { name: '고객명', label: '고객명', kind: 'text' },
            { name: 'phone', label: '휴대폰', kind: 'phone' },
            { name: '만기일', label: '만기일', kind: 'date' },
          ]
          const rows = [
            ['김민수', '010-1234-3312', '2026-12-31'],
            ['이서연', '010-9876-5432', null],
          ]
          // schemas/list.ts' StoredList.
          const { id } = (await product().api('POST', '/api/lists', { name: '3월 만기', columns, rows })) as { id: string }
          const workflow = await product().addWorkflow(listWorkflow(id))

          await page.goto('/data')
          const line = page.getByRole('row').filter({ hasText: '3월 만기' })
          await says(line, '2명')
          await says(line, '만기 안내')
          await page.getByRole('link', { name: '3월 만기' }).click()

          const people = page.getByRole('region', { name: '첫 2행' }).first()
          await says(people, '김**')
          await says(people, '010-****-3312')
          await says(people, '빈 값')
          expect(await page.locator('body').innerText()).not.toContain('1234')

          const name = page.getByRole('textbox', { name: '이름' })
          await name.fill('3월 만기 고객')
          await name.press('Enter')
          await shown(page.getByRole('heading', { level: 1, name: '3월 만기 고객' }))

          const remove = async () => {
            await page.getByRole('button', { name: '명단 지우기' }).click()
            await page
              .getByRole('dialog', { name: '‘3월 만기 고객’ 명단을 지울까요?' })
              .getByRole('button', { name: '지우기', exact: true })
              .click()
          }
          await remove()
          await shown(page.getByText(/이 명단을 쓰는 워크플로가 있어요: 만기 안내/))
          await product().api('DELETE', `/api/workflows/${workflow}`)
          await remove()
          await page.waitForURL('**/data')
          await shown(page.getByText('붙여넣은 명단이 없어요.'))
        },
        { expected: /409/ },
      ),
    LONG,
  )
})
