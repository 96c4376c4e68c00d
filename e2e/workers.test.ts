import { expect, test } from 'vitest'
import { journey, LONG } from './support/journey.ts'
import { counts, gone, says, shown } from './support/see.ts'

// The processes that send, as somebody sees them who wonders whether they work.
journey(
  'workers',
  ({ product, visit }) => {
    test(
      'the settings name each worker, its machine, its lanes and since when it works',
      () =>
        visit(async (page) => {
          // Workers start after the server: the page is opened when the server knows of both.
          const alive = async () => {
            // schemas/api/workers.ts' WorkerList.
            const { items } = (await product().api('GET', '/api/workers')) as { items: { alive: boolean }[] }
            return items.filter((worker) => worker.alive).length
          }
          await expect.poll(alive, { timeout: LONG / 2 }).toBe(2)
          await page.goto('/settings')
          const card = page.getByRole('region', { name: '일꾼', exact: true })
          await shown(card)
          await says(card, '지금 2개가 일하고 있어요')
          await counts(card.getByText('일하는 중', { exact: true }), 2)
          await says(card, /\d+번 · /)
          await says(card, /동시에 3줄/)
          await gone(card.getByText('사라짐'))
          await says(card, 'alimflow worker')
        }),
      LONG,
    )
  },
  { env: () => ({ ALIMFLOW_WORKERS: '2', ALIMFLOW_WORKER_LANES: '3' }) },
)
