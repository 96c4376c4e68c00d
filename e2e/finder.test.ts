import { expect, test } from 'vitest'
import { journey, LONG } from './support/journey.ts'
import { gone, says, shown } from './support/see.ts'
import { smallReport } from './support/small-report.ts'

// "Did she get it?" in ten seconds, and everything else, from wherever one is.
journey('finding everything', ({ product, visit }) => {
  test(
    'Ctrl K finds screens, workflows by their first consonants, runs by number, and a person by the whole number',
    () =>
      visit(async (page) => {
        const id = await product().addWorkflow(smallReport({ name: '찾을 주간 소식', people: 20, connection: 'sandbox' }))
        // schemas/api/workflows.ts' ExecuteResult.
        const { runId } = (await product().api('POST', `/api/workflows/${id}/execute`, {
          version: 'draft',
          test: { addresses: ['010-9999-0007'] },
        })) as { runId: string }
        await page.goto(`/runs/${runId}`)
        await page.getByText('합계 일치').waitFor({ timeout: LONG / 2 })
        const dialog = page.getByRole('dialog', { name: '모두 찾기' })
        const field = dialog.getByRole('combobox')
        const option = (name: string | RegExp) => dialog.getByRole('option', { name })

        await page.keyboard.press('Control+k')
        await shown(option('보낸 편지함'))
        await field.fill('ㅎㄱ')
        await page.keyboard.press('Escape')
        await gone(dialog)

        await page.keyboard.press('Control+k')
        await field.fill('ㅊㅇㅈㄱ')
        await shown(option(/^찾을 주간 소식/))
        await page.keyboard.press('Enter')
        await page.waitForURL(`**/workflows/${id}`)

        await page.getByRole('button', { name: '찾기', exact: true }).click()
        await field.fill('찾을 1')
        await shown(option(/찾을 주간 소식 #1/))
        await page.keyboard.press('Enter')
        await page.waitForURL(`**/runs/${runId}`)

        await page.keyboard.press('Meta+k')
        await field.fill('010 9999 0007')
        await shown(option(/찾을 주간 소식 #1/))
        await page.keyboard.press('Enter')
        await page.waitForURL(/people\?address=/)
        await says(page.getByRole('region', { name: '이 사람에 대해 아는 것' }), '010-****-0007')

        await page.keyboard.press('Control+k')
        await field.fill('없는 이름')
        await says(dialog, '찾은 것이 없어요.')
        await field.fill('010-9999-1234')
        await says(dialog, '이 번호나 주소로 보낸 메시지가 없어요.')
        // A syllable that is being composed acts on nothing.
        await field.dispatchEvent('keydown', { key: 'Enter', code: 'Enter', keyCode: 229, isComposing: true, bubbles: true })
        await field.fill('설정')
        await page.keyboard.press('Enter')
        await page.waitForURL('**/settings')
        expect(page.url()).not.toContain('0007')
      }),
    LONG * 2,
  )
})
