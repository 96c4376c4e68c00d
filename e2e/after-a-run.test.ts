import { readFileSync } from 'node:fs'
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
        await editor.button('나에게 보내 보기').click({ timeout: LONG / 2 })
        await page.getByRole('textbox', { name: '시험으로 받을 번호나 주소' }).fill('010-9999-0001\n010-9999-0002')
        await editor.button('2곳에 시험으로 보내기').click()
        await page.goto((await page.getByRole('link', { name: '결과 보기' }).getAttribute('href')) ?? '')
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
    'one person is forgotten from the settings; a shorter time to keep says first what it deletes',
    () =>
      visit(async (page) => {
        const id = await product().addWorkflow(smallReport({ name: '한 사람', people: 40, connection: 'sandbox' }))
        // schemas/api/workflows.ts' ExecuteResult.
        const { runId } = (await product().api('POST', `/api/workflows/${id}/execute`, {
          version: 'draft',
          test: { addresses: ['010-9999-0003', '010-9999-0004'] },
        })) as { runId: string }
        await page.goto(`/runs/${runId}`)
        await page.getByText('합계 일치').waitFor({ timeout: LONG / 2 })
        await shown(page.getByText('010-****-0003'))

        await page.goto('/settings')
        const card = page.getByRole('region', { name: '개인정보' })
        const person = card.getByRole('textbox', { name: '한 사람 지우기' })
        await person.fill('0003')
        await person.press('Enter')
        await shown(card.getByText('전화번호나 이메일 주소를 끝까지 적어 주세요.'))
        const asked: string[] = []
        page.on('request', (request) => asked.push(request.url()))
        await person.fill('010 9999 0003')
        await person.press('Enter')
        const question = page.getByRole('dialog')
        await says(question, '010 9999 0003')
        await says(question, '되돌릴 수 없어요')
        await question.getByRole('button', { name: '영영 지우기' }).click()
        await says(card.getByRole('alert'), '실행 1개에서 메시지 1건을 지웠어요.')
        expect(await person.inputValue()).toBe('')
        // The address was in the body of one call: not in an address, not in what the browser keeps.
        const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]))
        expect([kept, ...asked].filter((text) => /9999\D*0003/.test(text))).toEqual([])
        await person.fill('010-9999-0003')
        await person.press('Enter')
        await question.getByRole('button', { name: '영영 지우기' }).click()
        await says(card.getByRole('alert'), '지울 메시지를 찾지 못했어요.')

        const months = card.getByRole('textbox', { name: '보관 기간' })
        await months.fill('121')
        await shown(card.getByText('1에서 120 사이의 개월 수를 적어 주세요.'))
        await months.fill('12')
        await card.getByRole('button', { name: '보관 기간 저장' }).click()
        await says(question, '보관 기간을 12개월로 줄일까요?')
        await says(question, /\d{4}년 \d{1,2}월 전에 한 실행의 사람과 글이 하루 안에 영영 지워져요/)
        await question.getByRole('button', { name: '줄이고 지우기' }).click()
        await gone(question)
        // A longer time deletes nothing and asks nothing.
        await months.fill('13')
        await months.press('Enter')
        await expect.poll(() => product().api('GET', '/api/retention'), { timeout: LONG / 2 }).toEqual({ keepMonths: 13 })
        await page.reload()
        await expect.poll(() => months.inputValue(), { timeout: LONG / 2 }).toContain('13')

        await page.goto(`/runs/${runId}`)
        await shown(page.getByText('010-****-0004'))
        await gone(page.getByText('010-****-0003'))
        // Her message says so, and still what became of it.
        await page.getByText(/^\d번째 사람$/).click()
        const drawer = page.getByRole('complementary')
        await says(drawer, '이 사람의 정보를 지웠어요')
        await says(drawer, '전달')
        await says(drawer, '글을 지워서 보여 드릴 수 없어요.')
      }),
    LONG,
  )

  test(
    'the people of a run as a file: masked at once, whole after a word about it, filtered as the list is',
    () =>
      visit(async (page) => {
        const id = await product().addWorkflow(smallReport({ name: '파일', people: 30, connection: 'sandbox' }))
        // schemas/api/workflows.ts' ExecuteResult.
        const { runId } = (await product().api('POST', `/api/workflows/${id}/execute`, { version: 'draft' })) as { runId: string }
        await page.goto(`/runs/${runId}?view=people`)
        await page.getByText('합계 일치').waitFor({ timeout: LONG / 2 })
        const save = async (choose: () => Promise<void>) => {
          const [file] = await Promise.all([page.waitForEvent('download'), choose()])
          return {
            name: file.suggestedFilename(),
            lines: readFileSync(await file.path(), 'utf8')
              .trimEnd()
              .split('\r\n'),
          }
        }
        const open = () => page.getByRole('button', { name: '내려받기' }).click()
        const masked = await save(async () => {
          await open()
          await page.getByRole('menuitem', { name: /가린 표/ }).click()
        })
        expect(masked.name).toBe('파일 #1.csv')
        expect(masked.lines).toHaveLength(31)
        expect(masked.lines[1]).toMatch(/010-\*{4}-\d{4}/)
        await page.getByRole('button', { name: /^전달 \d+$/ }).click()
        const whole = await save(async () => {
          await open()
          await page.getByRole('menuitem', { name: /다 보이는 표/ }).click()
          await says(page.getByRole('dialog'), '기록에 남아요')
          await page.getByRole('dialog').getByRole('button', { name: '파일 받기' }).click()
        })
        expect(whole.lines.length).toBeGreaterThan(1)
        expect(whole.lines.slice(1).every((line) => line.includes(',전달,'))).toBe(true)
        expect(whole.lines[1]).not.toContain('****')
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
              await shown(page.getByRole('heading', { level: 1, name: '합계' }))
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
