import { afterAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { journey, LONG } from './support/journey.ts'
import { gone, says, shown } from './support/see.ts'
import { smallReport } from './support/small-report.ts'

// Monday, nine o'clock: nothing was running. Whoever comes later is told, and decides whether it is still to be sent.
let database: TestDatabase | undefined
afterAll(() => database?.close())

journey(
  'a start that was missed',
  ({ product, visit }) => {
    test(
      'is declined on the page of schedules, and the calendar keeps that somebody decided so',
      () =>
        visit(async (page) => {
          const id = await product().addWorkflow(smallReport({ name: '지난 소식', people: 5, connection: 'sandbox' }))
          await product().api('POST', `/api/workflows/${id}/publish`, {})
          await product().api('POST', `/api/workflows/${id}/enable`, {})
          await database?.pool.query(`update schedule set next_fire_at = now() - interval '2 hours' where workflow_id = $1`, [id])
          await page.goto('/')
          const told = page.getByRole('listitem').filter({ hasText: '지난 소식 예약 시각을 놓쳤어요' })
          await told.waitFor({ timeout: LONG / 2 })

          await page.goto('/schedules')
          const question = page.getByRole('region', { name: '시작 못 한 일정: 지난 소식' })
          await says(question, '지금이라도 보낼까요?')
          await question.getByRole('button', { name: '이번은 건너뛰기' }).press('Enter')
          await gone(question)
          await shown(page.getByRole('link', { name: /지난 소식\s*\d\d:\d\d에 건너뜀/ }))

          await page.goto('/')
          await gone(told)
          expect(await product().api('GET', `/api/runs?workflowId=${id}`)).toMatchObject({ items: [] })
        }),
      LONG,
    )

    test(
      'is told on the first page, asks whether it is still wanted, and is over when it was sent',
      () =>
        visit(async (page) => {
          const id = await product().addWorkflow(smallReport({ name: '월요일 리포트', people: 5, connection: 'sandbox' }))
          await product().api('POST', `/api/workflows/${id}/publish`, {})
          await product().api('POST', `/api/workflows/${id}/enable`, {})
          // Its time lies two hours back, as if the machine had been off then.
          await database?.pool.query(`update schedule set next_fire_at = now() - interval '2 hours' where workflow_id = $1`, [id])

          await page.goto('/')
          const told = page.getByRole('listitem').filter({ hasText: '월요일 리포트 예약 시각을 놓쳤어요' })
          await told.waitFor({ timeout: LONG / 2 })
          await told.getByRole('link', { name: '보기' }).click()

          const note = page.getByRole('region', { name: '정한 때에 시작하지 못한 실행이 1번 있어요' })
          await shown(note)
          await says(note, /\d\d:\d\d/)
          // The calendar has it on its day, leads to the same question, and names what comes.
          await page.goto('/schedules')
          await shown(page.getByRole('complementary', { name: '다음 실행' }).getByRole('link', { name: '월요일 리포트' }).first())
          await page.getByRole('link', { name: /월요일 리포트\s*시작 못 함/ }).click()
          await page.waitForURL(`**/workflows/${id}/runs`)
          await shown(note)
          await note.getByRole('button', { name: '지금 시작' }).click()
          const question = page.getByRole('dialog')
          await says(question, '‘월요일 리포트’ 지금 시작할까요?')
          await says(question, '한 번만 보내요')
          await question.getByRole('button', { name: '지금 시작' }).click()
          await page.waitForURL(/\/runs\//)
          await page.getByText('합계 일치').waitFor({ timeout: LONG / 2 })

          await page.goto('/')
          await gone(told)
          await page.goto(`/workflows/${id}/runs`)
          await shown(page.getByRole('link', { name: /#1/ }).first())
          await gone(note)
        }),
      LONG,
    )
  },
  {
    env: async () => {
      database = await testDatabase()
      return { DATABASE_URL: database.url }
    },
  },
)
