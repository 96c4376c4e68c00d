import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { words as english } from '#editor/words/en/all.ts'
import { words as korean } from '#editor/words/ko/all.ts'
import { EditorPage } from './support/editor-page.ts'
import { journey, LONG } from './support/journey.ts'
import { counts, gone, says, shown } from './support/see.ts'
import { tabTo } from './support/tab-to.ts'

/** The folded flow as a person meets it, in her language. */
class ThreeSteps {
  readonly page: Page
  readonly people: Locator
  readonly content: Locator
  readonly sending: Locator
  /** What the first people get. */
  readonly messages: Locator
  readonly live: Locator

  constructor(page: Page, { fold }: Pick<typeof korean, 'fold'>) {
    this.page = page
    const card = (name: string) => page.getByRole('region', { name, exact: true })
    this.people = card(fold.cards.people)
    this.content = card(fold.cards.content)
    this.sending = card(fold.cards.sending)
    this.messages = page.getByRole('complementary', { name: fold.messages.title })
    this.live = card(fold.run.live)
  }

  /** Until they are there: the first page brings the editor with it, and the machine may be busy with the other tests. */
  async opened(): Promise<void> {
    await this.people.waitFor({ timeout: LONG / 2 })
    // Everybody is counted, and ten messages are made.
    await this.messages
      .getByRole('article')
      .first()
      .waitFor({ timeout: LONG / 2 })
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^${name}`) })
  }

  /** Until everybody has been sent to, and everybody is accounted for. */
  async sentToAll(): Promise<void> {
    await this.live.waitFor({ timeout: LONG / 2 })
    await expect
      .poll(
        async () => {
          const [done, all] = ((await this.live.innerText()).match(/([\d,]+) (?:\/|of) ([\d,]+)/) ?? []).slice(1)
          return done !== undefined && done === all ? Number(all?.replaceAll(',', '')) : 0
        },
        { timeout: LONG / 2 },
      )
      .toBeGreaterThan(3000)
  }
}

const most = 60

journey(
  'the first five minutes',
  ({ visit, product }) => {
    test(
      'by mouse: the sample itself, its people and messages, one click into the outbox, and what people got',
      () =>
        visit(async (page) => {
          const { fold } = korean
          await page.goto('/')
          await page.waitForURL(/\/workflows\/.+view=welcome/)
          const steps = new ThreeSteps(page, korean)
          await steps.opened()
          await shown(page.getByRole('heading', { level: 1, name: /^주간 리뷰 리포트/ }))
          await shown(page.getByRole('link', { name: fold.welcome.home }))
          // True facts: counted over everybody, with the reasons of those who are left out.
          await says(steps.people, /[\d,]{5}명\n5,000명에서 수신 거부 \d+명.*을 뺐어요/)
          await counts(steps.people.getByText(/^010-\*{4}-\d{4}$/), 8)
          await says(steps.content, /안녕하세요, 상호명 사장님!/)
          await says(steps.content, '파란 칸 5개에 그 사람의 값이 들어가요')
          await says(steps.sending, '진짜 번호로 가지 않아요')
          await says(steps.sending, '못 받으면 문자로 다시')
          await counts(steps.messages.getByRole('article'), 10)
          await steps.messages.getByRole('button', { name: /^초록약국/ }).click()
          await shown(steps.messages.getByRole('article', { name: '초록약국' }).getByText('안녕하세요', { exact: false }))

          await steps.button(fold.run.practice).click()
          await steps.sentToAll()
          await steps.live.getByRole('link', { name: fold.run.outbox }).click()
          await page.waitForURL(/\/outbox/)
          await says(page.getByRole('region', { name: / 님이 받은 글$/ }), '지난주 리뷰 소식')

          // She is no newcomer any more, here and in any other browser.
          await page.goto('/')
          await shown(page.getByRole('table', { name: '워크플로' }))
          await visit(async (other) => {
            await other.goto('/')
            await shown(other.getByRole('table', { name: '워크플로' }))
          })
        }),
      LONG * 2,
    )

    test(
      'unfolds into the whole graph and folds again; a problem stands on the card of its step',
      () =>
        visit(async (page) => {
          const id = ((await product().api('GET', '/api/workflows')) as { items: { id: string; name: string }[] }).items.find(
            ({ name }) => name === '주간 리뷰 리포트',
          )?.id
          const editor = new EditorPage(page)
          await editor.open(id ?? '')
          const steps = new ThreeSteps(page, korean)
          await editor.button('세 단계로 접기 F').click()
          await shown(steps.content)
          await steps.content.getByRole('button', { name: /^변수 채우기/ }).click()
          await shown(editor.panel.getByRole('textbox', { name: '단계 이름' }))
          expect(await editor.panel.getByRole('textbox', { name: '단계 이름' }).inputValue()).toBe('변수 채우기')

          await editor.choose('주간 리뷰 안내')
          const text = editor.panel.getByRole('textbox', { name: '글', exact: true })
          await text.click()
          await page.keyboard.press('Control+End')
          await page.keyboard.type(' #{없는 값}')
          await shown(editor.problemBadge('주간 리뷰 안내'))
          await editor.canvas.focus()
          await page.keyboard.press('f')
          await says(steps.content, '채울 값이 없어요: 없는 값')
          // The button that sends leads to what is wrong instead.
          await steps.button(korean.fold.run.practice).click()
          await expect.poll(() => page.evaluate(() => document.activeElement?.textContent ?? '')).toContain('없는 값')
          await page.keyboard.press('Enter')
          await shown(editor.problemBadge('주간 리뷰 안내'))
          while (await editor.button('되돌리기').isEnabled()) await editor.button('되돌리기').click()
          await gone(editor.problemBadge('주간 리뷰 안내'))
          await editor.saved()
        }),
      LONG,
    )

    test(
      'a branch is no line: only the whole graph can show it',
      () =>
        visit(async (page) => {
          const editor = new EditorPage(page)
          const step = (id: string, type: string, x: number) => ({ id, type, typeVersion: 1, position: { x, y: 0 }, config: {} })
          const loose = await product().addWorkflow({
            schemaVersion: 1,
            name: '따로 선 단계',
            nodes: [step('a', 'manual-trigger', 0), step('b', 'template', 300)],
            edges: [],
          })
          await page.goto(`/workflows/${loose}?view=steps`)
          await editor.canvas.waitFor({ timeout: LONG / 2 })
          await shown(editor.step('직접 시작'))
          expect(await editor.button('세 단계로 접기 F').count()).toBe(0)
        }),
      LONG,
    )

    test(
      'an example opens from the list, with messages that it really makes',
      () =>
        visit(async (page) => {
          await page.goto('/')
          await page.getByRole('link', { name: /^예제에서 시작/ }).click()
          const welcome = page.getByRole('region', { name: '가입 환영 메시지' })
          await says(welcome, '김서연님, 가게노트에 오신 걸 환영해요!')
          await counts(page.getByRole('region', { name: '주간 리뷰 리포트' }).getByRole('article'), 3)
          await welcome.getByRole('button', { name: '이 예제로 시작' }).click()
          const steps = new ThreeSteps(page, korean)
          await steps.opened()
          await says(steps.people, '한 사람씩')
          await counts(steps.messages.getByRole('article'), 1)
        }),
      LONG,
    )
  },
  { greets: true },
)

journey(
  'the first five minutes without a mouse',
  ({ visit }) => {
    test(
      'in English and the dark: home and back, unfold and fold, run, outbox; each by the keyboard alone',
      () =>
        visit(
          async (page) => {
            const { fold } = english
            await page.goto('/')
            await page.waitForURL(/\/workflows\/.+view=welcome/)
            const steps = new ThreeSteps(page, english)
            await steps.opened()
            await says(steps.people, /[\d,]{5} people\nOf 5,000; left out/)
            await counts(steps.messages.getByRole('article'), 10)
            expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
            const address = page.url()

            await page.keyboard.press('f')
            const canvas = page.getByRole('region', { name: english.editor.canvas.name })
            await shown(canvas)
            await page.keyboard.press('f')
            await shown(steps.people)
            // Going on by the keyboard: the button that leads back has the focus.
            await expect.poll(() => steps.button(fold.unfold).evaluate((one) => one === document.activeElement)).toBe(true)

            // A view of the first start can be opened again, and home is always one step away.
            await page.goto(address)
            await steps.opened()
            await tabTo(page, page.getByRole('link', { name: fold.welcome.home }), { most })
            await page.keyboard.press('Enter')
            await shown(page.getByRole('table', { name: english.home.list }))
            await page.goBack()
            await steps.opened()
            await tabTo(page, steps.messages.getByRole('button', { name: /^초록약국/ }), { most })
            await page.keyboard.press('Enter')
            await expect
              .poll(() => steps.messages.getByRole('button', { name: /^초록약국/ }).getAttribute('aria-current'))
              .toBe('true')

            await tabTo(page, steps.button(fold.run.practice), { most })
            await page.keyboard.press('Enter')
            await steps.sentToAll()
            // The button that was pressed is gone: she stands at what came of it.
            await expect.poll(() => steps.live.evaluate((one) => one === document.activeElement)).toBe(true)
            await tabTo(page, steps.live.getByRole('link', { name: fold.run.outbox }), { most })
            await page.keyboard.press('Enter')
            await page.waitForURL(/\/outbox/)
            await says(page.getByRole('main'), '지난주 리뷰 소식')
          },
          { language: 'en-US', theme: 'dark' },
        ),
      LONG * 2,
    )
  },
  { greets: true },
)
