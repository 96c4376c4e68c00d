import { expect, test } from 'vitest'
import { EditorPage } from './support/editor-page.ts'
import { journey, LONG } from './support/journey.ts'
import { gone, says, shown } from './support/see.ts'
import { addSandbox, smallReport } from './support/small-report.ts'

// What is left of a run when it is over: who is told of its failures, what stays when its people are erased, what the days add up to.
journey('after a run', ({ product, visit }) => {
  test(
    'many failures are told on the first page; the way leads to the run; put away, it is gone',
    () =>
      visit(async (page) => {
        const connection = await addSandbox(product(), 'Refuses', { refuseShare: 1 })
        const id = await product().addWorkflow(smallReport({ name: '거절', people: 30, connection }))
        await product().api('POST', `/api/workflows/${id}/execute`, { version: 'draft' })
        await page.goto('/')
        const banner = page.getByRole('region', { name: /^알림/ })
        const told = banner.getByRole('listitem').filter({ hasText: '거절 #1' })
        await told.waitFor({ timeout: LONG / 2 })
        await says(told, /건이 실패해서/)
        await told.getByRole('link', { name: '보기' }).click()
        await page.waitForURL(/\/runs\//)
        await shown(page.getByRole('button', { name: /^실패 \d+$/ }))
        await page.goto('/')
        await told.getByRole('button', { name: /^치우기/ }).click()
        await gone(told)
      }),
    LONG,
  )

  test(
    'a test goes to oneself; erased, its people are unreadable and its figures stay',
    () =>
      visit(async (page) => {
        const editor = new EditorPage(page)
        await editor.open(await product().addWorkflow(smallReport({ name: '시험', people: 40, connection: 'sandbox' })))
        await editor.button('실행').click()
        await page.getByText('나에게 시험', { exact: true }).click()
        await page.getByRole('textbox', { name: '시험으로 받을 번호나 주소' }).fill('010-9999-0001\n010-9999-0002')
        await editor.button('2곳에 시험으로 보내기').click()
        await page.waitForURL(/\/runs\//)
        await page.getByText('합계 일치').waitFor({ timeout: LONG / 2 })
        await shown(page.getByText('나에게 보내 보기', { exact: true }))
        await shown(page.getByRole('button', { name: '전달 2', exact: true }))
        await shown(page.getByText('010-****-0001'))
        await shown(page.getByText(/^사람 정보는 .+에 지워져요$/))

        await editor.button('더 하기').click()
        await page.getByRole('menuitem', { name: '사람 정보 지우기' }).click()
        const question = page.getByRole('dialog')
        await says(question, '남는 것:')
        await question.getByRole('button', { name: '영영 지우기' }).click()
        await shown(page.getByText('이 실행의 사람 정보를 지웠어요'))
        await gone(page.getByText('010-****-0001'))
        await shown(page.getByRole('button', { name: '전달 2', exact: true }))
      }),
    LONG,
  )

  test(
    'the days add up what was sent, by workflow and channel; days without anything say so',
    () =>
      visit(async (page) => {
        const id = await product().addWorkflow(smallReport({ name: '합계 리포트', people: 25, connection: 'sandbox' }))
        await product().api('POST', `/api/workflows/${id}/execute`, { version: 'draft' })
        // They are added up once a minute, and the page asks again by itself; whoever does not wait for it looks anew.
        await expect
          .poll(
            async () => {
              await page.goto('/totals')
              await shown(page.getByRole('heading', { level: 1, name: '하루 합계' }))
              return page
                .getByRole('region', { name: '워크플로별' })
                .getByRole('row', { name: /^합계 리포트/ })
                .count()
            },
            { timeout: LONG, interval: 5_000 },
          )
          .toBe(1)
        const ofWorkflow = page.getByRole('region', { name: '워크플로별' }).getByRole('row', { name: /^합계 리포트/ })
        await says(ofWorkflow, '25')
        await shown(page.getByRole('region', { name: '보낸 길별' }).getByRole('row', { name: /^알림톡/ }))
        await page.goto('/totals?from=2020-01-01&to=2020-01-31')
        await shown(page.getByRole('heading', { name: '이 기간에 보낸 것이 없어요' }))
        await page.getByText('최근 7일', { exact: true }).click()
        await shown(ofWorkflow)
      }),
    LONG * 2,
  )
})
