import { expect, test } from 'vitest'
import { journey, LONG } from './support/journey.ts'
import { says, shown } from './support/see.ts'
import { smallReport } from './support/small-report.ts'

// Journey 6: somebody calls and asks "why did I (not) get it?". The operator has a number, and ten seconds.
journey('why did she (not) get it?', ({ product, visit }) => {
  test(
    'by the whole number, from wherever one is: what she got, its exact text, and every step and attempt',
    () =>
      visit(async (page) => {
        const id = await product().addWorkflow(smallReport({ name: '주간 안내', people: 3, connection: 'sandbox' }))
        // schemas/api/workflows.ts' ExecuteResult.
        const { runId } = (await product().api('POST', `/api/workflows/${id}/execute`, {
          version: 'draft',
          test: { addresses: ['010-9999-0007'] },
        })) as { runId: string }
        await page.goto(`/runs/${runId}`)
        await page.getByText('합계 일치').waitFor({ timeout: LONG / 2 })

        await page.keyboard.press('Control+k')
        await page.getByRole('combobox').fill('+82 10 9999 0007')
        await shown(page.getByRole('option', { name: /이 사람의 기록 보기/ }))
        await page.keyboard.press('Enter')
        await page.waitForURL(/\/people\?address=/)

        const person = page.getByRole('region', { name: '이 사람에 대해 아는 것' })
        await says(person, '010-****-0007')
        await says(person, '수신 거부로 빠진 적이 없어요')
        const history = page.getByRole('table', { name: '이 사람에게 보낸 기록' })
        const row = history.getByRole('row').filter({ hasText: '주간 안내 #1' })
        await says(row, '알림톡')
        await row.press('Enter')

        const why = page.getByRole('complementary')
        await says(why, '왜 받았나요')
        await says(why, '받은 글')
        await says(why, '샌드박스')
        await page.keyboard.press('Escape')
        await expect.poll(() => page.url()).not.toMatch(/message=/)
      }),
    LONG * 2,
  )

  test(
    'a number that nothing went to finds nothing, and says what could be the matter',
    () =>
      visit(async (page) => {
        await page.goto('/people')
        await shown(page.getByRole('heading', { name: '누가 무엇을 받았는지 찾아요' }))
        const field = page.getByRole('searchbox', { name: '번호로 찾기' })
        await field.fill('010-9999-4321')
        // A syllable that is being composed searches nothing.
        await field.dispatchEvent('keydown', { key: 'Enter', code: 'Enter', keyCode: 229, isComposing: true, bubbles: true })
        expect(page.url()).not.toContain('address')
        await field.press('Enter')
        await shown(page.getByRole('heading', { name: '이 번호나 주소로 보낸 기록이 없어요' }))
      }),
    LONG,
  )
})
