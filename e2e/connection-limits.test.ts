import { test } from 'vitest'
import { journey, LONG } from './support/journey.ts'
import { says, shown } from './support/see.ts'
import { addSandbox, smallReport } from './support/small-report.ts'

// A provider lets only so many messages through: whoever looks at the run, or at the connection, sees what holds it back.
journey('the limits of a connection', ({ product, visit }) => {
  test(
    'a slow connection says so while a run waits for it, and says nothing any more when the run is over',
    () =>
      visit(async (page) => {
        const connection = await addSandbox(product(), 'Narrow', { messagesPerSecond: 2, concurrency: 1 })
        const id = await product().addWorkflow(smallReport({ name: '좁은 길', people: 200, connection }))
        // schemas/api/workflows.ts' ExecuteResult.
        const { runId } = (await product().api('POST', `/api/workflows/${id}/execute`, { version: 'draft' })) as { runId: string }

        await page.goto(`/data/${connection}`)
        const limit = page.getByRole('region', { name: '지금 속도를 늦추는 것' })
        await shown(limit)
        await says(limit, '속도 제한')
        await says(limit, /Narrow: 1초에 2건 제한/)

        await page.goto('/data')
        const line = page.getByRole('row').filter({ hasText: 'Narrow' })
        await says(line, '속도 제한')

        await page.goto(`/runs/${runId}?view=flow`)
        await shown(page.getByText('빠르기를 정하는 것:'))
        await shown(page.getByText(/Narrow: 1초에 2건 제한/).first())

        // Nobody waits two minutes for it: what was not sent is cancelled, and told apart from who failed.
        await page.getByRole('button', { name: /^남은 [\d,]+명 취소$/ }).click()
        await page
          .getByRole('dialog')
          .getByRole('button', { name: /^남은 [\d,]+명 취소$/ })
          .click()
        await page.getByText('합계 일치').waitFor({ timeout: LONG / 2 })
        await shown(page.getByRole('button', { name: /^취소됨 [\d,]+$/ }))
      }),
    LONG,
  )
})
