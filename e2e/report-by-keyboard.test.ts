import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import report from '../examples/weekly-review-report.json' with { type: 'json' }
import { journey, LONG } from './support/journey.ts'
import { says, shown } from './support/see.ts'
import { tabUntil } from './support/tab-to.ts'

const korean = {
  canvas: '워크플로 그림',
  owners: '활성 사장님',
  reviews: '주간 리뷰 집계',
  preview: /^미리보기$/,
  bubble: '받는 사람이 보는 메시지',
  send: /명에게 (먼저 )?보내기$/,
  first: '먼저 몇 명에게만 보내고 확인하기',
  checked: '합계 일치',
  delivered: /^전달\s*[\d,]+$/,
  people: '받는 사람 목록',
  why: '왜 받았나요?',
}
const english: typeof korean = {
  canvas: 'Picture of the workflow',
  owners: '활성 사장님',
  reviews: '주간 리뷰 집계',
  preview: /^Preview$/,
  bubble: 'The message as the recipient sees it',
  send: /^Send to [\d,]+( first)?$/,
  first: 'Send to a few first, then decide',
  checked: 'Sum checked',
  delivered: /^Delivered\s*[\d,]+$/,
  people: 'People',
  why: 'Why did they get it?',
}

// The whole way of the sample report without a mouse: Tab, arrows, Enter and the keys of the list that `?` shows.
journey('the weekly report by keyboard alone', ({ product, visit }) => {
  const inFocus = (page: Page) =>
    page.evaluate(() => {
      const element = document.activeElement
      const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null
      return (element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '').trim()
    })

  /** Presses a key until what has the focus is called so, as a person does who listens. */
  async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await tabUntil(page, async () => name.test(await inFocus(page)), { key, most: 120, where: String(name) })
  }

  test.each([
    { language: 'ko-KR', theme: 'light', words: korean },
    { language: 'en-US', theme: 'dark', words: english },
  ] as const)(
    '$language, $theme: open, look, preview, run to everybody, and why somebody got it',
    ({ language, theme, words }) =>
      visit(
        async (page) => {
          const name = `${report.name} ${theme}`
          await product().addWorkflow({ ...report, name })
          await page.goto('/')
          await shown(page.getByRole('link', { name }).first())
          await tabTo(page, new RegExp(`^${name}`))
          await page.keyboard.press('Enter')
          const canvas = page.getByRole('region', { name: words.canvas, exact: true })
          await canvas.waitFor({ timeout: LONG / 2 })
          await shown(canvas.getByRole('group', { name: words.owners, exact: true }))

          await tabTo(page, new RegExp(`^${words.owners}$`))
          await page.keyboard.press('Enter')
          // Arrows walk along the lines.
          await page.keyboard.press('ArrowRight')
          await page.keyboard.press('ArrowRight')
          await expect.poll(() => inFocus(page)).toBe(words.reviews)
          await page.keyboard.press('Escape')

          // Back to the title line, where everything of the whole workflow is.
          await tabTo(page, words.preview, 'Shift+Tab')
          await page.keyboard.press('Enter')
          await says(page.getByRole('complementary').getByRole('group', { name: words.bubble }), '행복분식')

          await page.keyboard.press('Control+Enter')
          const dialog = page.getByRole('dialog')
          await dialog.getByRole('button', { name: words.send }).waitFor({ timeout: LONG / 2 })
          const first = dialog.getByRole('checkbox', { name: words.first })
          await tabTo(page, new RegExp(`^${words.first}`))
          if (await first.isChecked()) await page.keyboard.press('Space')
          await tabTo(page, words.send)
          await page.keyboard.press('Enter')
          await page.waitForURL(/\/runs\//)
          await page.getByText(words.checked).waitFor({ timeout: LONG / 2 })

          await tabTo(page, words.delivered)
          await page.keyboard.press('Enter')
          const people = page.getByRole('table', { name: words.people })
          await shown(people.getByRole('row').nth(1))
          await page.keyboard.press('Tab')
          for (let turn = 0; turn < 60 && !(await inTable(page)); turn++) await page.keyboard.press('Tab')
          await page.keyboard.press('ArrowDown')
          await page.keyboard.press('Enter')
          await shown(page.getByRole('complementary').getByText(words.why))
        },
        { language, theme },
      ),
    LONG * 2,
  )
})

const inTable = (page: Page) => page.evaluate(() => document.activeElement?.closest('[role="table"]') !== null)
