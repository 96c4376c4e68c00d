import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { journey } from './support/journey.ts'
import { counts, gone, says, shown } from './support/see.ts'
import { addSandbox, changeSandbox, smallReport } from './support/small-report.ts'

const LONG = 60_000

// What a person does with a run that is going on or over: stop it, go on, say yes, send again, settle what nobody can tell.
journey('a person and a run', ({ product, visit }) => {
  const act = (test: (page: Page) => Promise<void>) => visit(test)
  const summary = (page: Page) => page.getByRole('region', { name: '요약' })
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
  const dialogButton = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true })

  /** Starts the draft of a workflow by its own call and opens the run's page. */
  async function run(page: Page, document: object): Promise<void> {
    const id = await product().addWorkflow(document)
    // schemas/api/workflows.ts' ExecuteResult.
    const { runId } = (await product().api('POST', `/api/workflows/${id}/execute`, { version: 'draft' })) as { runId: string }
    await page.goto(`/runs/${runId}`)
    await shown(summary(page))
  }

  const ended = (page: Page) => page.getByText('합계 일치').waitFor({ timeout: LONG })

  test(
    'pauses, stands still, goes on, and reaches everybody once',
    () =>
      act(async (page) => {
        const connection = await addSandbox(product(), 'Slow', { messagesPerSecond: 40, concurrency: 1 })
        await run(page, smallReport({ name: '멈춤', people: 400, connection }))
        await button(page, '잠시 멈추기').click()
        await shown(page.getByText(/^직접 멈췄어요|^멈추라고 했어요\. 받는/))
        await shown(page.getByText(/^직접 멈췄어요\. 남은 [\d,]+명은 기다리고 있어요\./))
        await gone(page.getByText(/^멈추는 중/))
        // Whoever comes later sees the same: nobody is called any more. (What was sent may be reported as delivered meanwhile.)
        const waiting = async (): Promise<string | undefined> => /대기\s*([\d,]+)/.exec(await summary(page).innerText())?.[1]
        const before = await waiting()
        expect(before).toMatch(/[1-9]/)
        await page.reload()
        await shown(page.getByText(/^직접 멈췄어요/))
        await shown(summary(page))
        expect(await waiting()).toBe(before)
        await changeSandbox(product(), connection, {})
        await button(page, '이어서 보내기').click()
        await ended(page)
        await shown(button(page, /^전달 [\d,]+$/))
        await gone(button(page, /^실패/))
      }),
    LONG * 2,
  )

  test(
    'a guard asks first: its figures, nothing sent, and a yes sends',
    () =>
      act(async (page) => {
        await run(page, smallReport({ name: '승인', people: 60, connection: 'sandbox', guards: { maxRecipients: 20 } }))
        const banner = page.getByRole('alert').filter({ hasText: '보내기 전에 확인이 필요해요' })
        await shown(banner)
        await says(banner, '정한 한도')
        await says(banner, '20명')
        await says(summary(page), /대기\s*\d+/)
        await gone(button(page, /^전달/))
        await banner.getByRole('button', { name: /명에게 보내기$/ }).click()
        await page
          .getByRole('dialog')
          .getByRole('button', { name: /명에게 보내기$/ })
          .click()
        await ended(page)
        await shown(button(page, /^전달 \d+$/))
      }),
    LONG * 2,
  )

  test(
    'sends again to those who failed, and to nobody else',
    () =>
      act(async (page) => {
        const connection = await addSandbox(product(), 'Refuses', { refuseShare: 1 })
        await run(page, smallReport({ name: '다시', people: 12, connection }))
        await ended(page)
        await changeSandbox(product(), connection, {})
        await button(page, /^실패한 \d+명에게만 다시$/).click()
        const go = page.getByRole('dialog').getByRole('button', { name: /^\d+명에게 다시 보내기$/ })
        await shown(go)
        const reason = page.getByRole('dialog').getByRole('checkbox').nth(1)
        await shown(reason)
        await go.click()
        await gone(page.getByRole('dialog'))
        await shown(button(page, /^전달 \d+$/))
        await gone(button(page, /^실패 \d+$/))
        await ended(page)
      }),
    LONG * 2,
  )

  test(
    'what nobody can tell: one is marked as sent, the rest is sent again after a warning',
    () =>
      act(async (page) => {
        // A report that came would say what nobody could tell.
        const late = { reportLateMs: 86_400_000 }
        const connection = await addSandbox(product(), 'Silent', { ...late, unknownShare: 1 })
        await run(page, smallReport({ name: '확인 불가', people: 8, connection }))
        const banner = page.getByRole('region', { name: /명은 갔는지 알 수 없어요$/ })
        await banner.waitFor({ timeout: LONG })
        await banner.getByRole('button', { name: '누구인지 보기' }).click()
        const people = page.getByRole('table', { name: '받는 사람 목록' })
        await shown(people.getByRole('row').nth(1))
        const all = (await people.getByRole('row').count()) - 1
        await people.getByRole('row').nth(1).click()
        const why = page.getByRole('complementary')
        await why.getByRole('button', { name: '보낸 것으로 표시' }).click()
        await dialogButton(page, '보낸 것으로 표시').click()
        await gone(page.getByRole('dialog'))
        await says(why.getByRole('heading', { level: 2 }), '결과 대기')
        await shown(why.getByText(/^정한 사람:/).first())
        await why.getByRole('button', { name: '닫기' }).click()
        await counts(people.getByRole('row'), all)

        await changeSandbox(product(), connection, late)
        await banner.getByRole('button', { name: '모두 다시 보내기' }).click()
        await says(page.getByRole('dialog'), '두 번 받을 수 있어요')
        await dialogButton(page, '모두 다시 보내기').click()
        await gone(banner)
        await shown(button(page, new RegExp(`^결과 대기 ${all}$`)))
      }),
    LONG * 2,
  )
})
