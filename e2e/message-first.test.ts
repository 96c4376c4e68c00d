import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import report from '../examples/weekly-review-report.json' with { type: 'json' }
import { EditorPage } from './support/editor-page.ts'
import { journey, LONG } from './support/journey.ts'
import { counts, gone, says, shown } from './support/see.ts'
import { tabTo } from './support/tab-to.ts'

type Node = (typeof report.nodes)[number]

// The text is where people think: they write it, and the columns come to it.
journey('the message first', ({ visit, product }) => {
  /** A copy of the report for one test, with what its steps are set to changed. */
  async function openCopy(page: Page, change: (node: Node) => object = (node) => node): Promise<EditorPage> {
    const editor = new EditorPage(page)
    await editor.open(await product().addWorkflow({ ...report, nodes: report.nodes.map(change) }))
    return editor
  }

  const marked = (page: Page) => page.getByRole('option', { selected: true })
  const holes = (editor: EditorPage) => editor.panel.getByRole('list', { name: '채워지지 않는 변수' })

  test(
    'by keyboard alone: # offers the columns, one is put in and filled, and one step back takes both away',
    () =>
      visit(async (page) => {
        const editor = await openCopy(page)
        await editor.step('주간 리뷰 안내').focus()
        await page.keyboard.press('Enter')
        const text = editor.field('글')
        await shown(text)
        const before = await text.inputValue()
        await tabTo(page, text, { most: 80 })
        await page.keyboard.press('Control+End')
        await page.keyboard.type('\n#회사')
        const list = page.getByRole('listbox', { name: '변수 넣기' })
        await says(list, /회사 이름\s+company_name/)
        // A screen reader follows the mark by this, while the focus stays in the text.
        expect(await text.getAttribute('aria-activedescendant')).toBe(await marked(page).getAttribute('id'))
        await page.keyboard.press('Escape')
        await gone(list)
        await page.keyboard.type('이')
        await shown(list)
        await page.keyboard.press('Enter')
        await gone(list)
        expect(await text.inputValue()).toBe(`${before}\n#{회사이름}`)
        await page.keyboard.type(' 앞')
        await says(editor.bubble, /행복분식 앞/)
        await counts(holes(editor), 0)
        await says(editor.step('변수 채우기'), '변수 6개 모두')

        await tabTo(page, editor.button('되돌리기'), { key: 'Shift+Tab', most: 80 })
        while ((await text.inputValue()) !== before) await page.keyboard.press('Enter')
        await says(editor.step('변수 채우기'), '변수 5개 모두')
      }),
    LONG,
  )

  test(
    'the button puts a column in for whoever does not know #; a mapping is made where there is none',
    () =>
      visit(async (page) => {
        const editor = new EditorPage(page)
        const [text, sms] = ['text', 'sms']
        const kept = new Set(['start', 'owners', text, sms])
        const edges = [
          { id: 'a', source: 'start', sourcePort: 'start', target: 'owners', targetPort: 'start' },
          { id: 'b', source: 'owners', sourcePort: 'rows', target: text, targetPort: 'rows' },
          { id: 'c', source: text, sourcePort: 'messages', target: sms, targetPort: 'messages' },
        ]
        const nodes = report.nodes
          .filter(({ id }) => kept.has(id))
          .map((node) => (node.id === text ? { ...node, config: { text: '안녕하세요, ' } } : node))
          .map((node) => (node.id === sms ? { ...node, config: { ...node.config, template: undefined } } : node))
        await editor.open(await product().addWorkflow({ ...report, nodes, edges }))
        await editor.choose('주간 리뷰 안내')
        const field = editor.field('글')
        await field.click()
        await page.keyboard.press('Control+End')
        await editor.panel.getByRole('button', { name: '변수 넣기', exact: true }).click()
        await page.getByRole('option', { name: /company_name/ }).click()
        await counts(editor.step('변수 채우기'), 1)
        expect(await field.inputValue()).toBe('안녕하세요, #{회사이름}')
        await counts(editor.line('활성 사장님', '변수 채우기'), 1)
        await counts(editor.line('변수 채우기', '주간 리뷰 안내'), 1)
        await says(editor.bubble, '안녕하세요, 행복분식')
        await editor.button('되돌리기').click()
        await gone(editor.step('변수 채우기'))
        expect(await field.inputValue()).toBe('안녕하세요, ')
      }),
    LONG,
  )

  test(
    'Hangul that is being composed chooses nothing by Enter',
    () =>
      visit(async (page) => {
        const editor = await openCopy(page)
        await editor.choose('주간 리뷰 안내')
        const text = editor.field('글')
        await text.click()
        await page.keyboard.press('Control+End')
        await page.keyboard.type('\n#')
        const before = await text.inputValue()
        const keyboard = await page.context().newCDPSession(page)
        await keyboard.send('Input.imeSetComposition', { text: '회사이름', selectionStart: 4, selectionEnd: 4 })
        await says(marked(page), '회사 이름')
        await text.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })
        expect(await text.inputValue()).toBe(`${before}회사이름`)
        await keyboard.send('Input.insertText', { text: '회사이름' })
        await says(marked(page), '회사 이름')
        await page.keyboard.press('Enter')
        expect(await text.inputValue()).toBe(`${before.slice(0, -1)}#{회사이름}`)
      }),
    LONG,
  )

  test(
    'a red variable says what fits and why; a variable that was called otherwise keeps its settings',
    () =>
      visit(async (page) => {
        const editor = await openCopy(page)
        await editor.button('미리보기').click()
        await editor.choose('주간 리뷰 안내')
        const text = editor.field('글')
        const before = await text.inputValue()
        await text.fill(`${before.replace('#{평점}', '#{별점}')}\n문의: #{연락처}`)
        await shown(editor.problemBadge('주간 리뷰 안내'))
        await holes(editor)
          .getByRole('button', { name: /‘휴대폰’ 넣기.*이 열의 값이 전화번호예요/ })
          .click()
        await holes(editor)
          .getByRole('button', { name: /‘평점’의 설정 그대로 쓰기/ })
          .click()
        await gone(holes(editor))
        await gone(editor.problemBadge('주간 리뷰 안내'))
        // Its unit came along.
        await says(editor.bubble, /평균 별점 4\.6점/)

        // And by its name: the text follows.
        await editor.choose('변수 채우기')
        await editor.button('‘리뷰수’ 형식과 빈 값').click()
        await editor.field('변수 이름').fill('새리뷰')
        await editor.field('변수 이름').press('Enter')
        await editor.choose('주간 리뷰 안내')
        await says(editor.bubble, '새 리뷰 128건')
        expect(await text.inputValue()).toContain('· 새 리뷰 #{새리뷰}')
        await counts(holes(editor), 0)
      }),
    LONG,
  )

  test(
    'a column was renamed in the source: red before anything runs, and one click mends it',
    () =>
      visit(async (page) => {
        const editor = await openCopy(page, (node) =>
          node.id === 'owners' && 'sql' in node.config
            ? {
                ...node,
                config: {
                  ...node.config,
                  sql: String(node.config.sql).replace('c.company_name', 'c.company_name as company_nm'),
                },
              }
            : node,
        )
        await shown(editor.problemBadge('변수 채우기'))
        await editor.tab('문제')
        await says(editor.dock.getByRole('listitem').first(), 'company_name')
        await editor.choose('주간 리뷰 안내')
        await says(holes(editor), '#{상호명} 자리에 넣던 열이 없어졌어요.')
        await holes(editor)
          .getByRole('button', { name: /company_nm.*없어진 열과 이름이 비슷해요/ })
          .click()
        await gone(holes(editor))
        await gone(editor.problemBadge('변수 채우기'))
        await shown(editor.dock.getByText('고칠 것이 없어요.'))
        await says(editor.bubble, '안녕하세요, 행복분식 사장님!')
      }),
    LONG,
  )

  test(
    'the whole audience is counted beside the message, and what is worth a look is one click away',
    () =>
      visit(async (page) => {
        const editor = await openCopy(page)
        await editor.choose('주간 리뷰 안내')
        const figures = editor.panel.getByRole('region', { name: '받는 사람 전체 확인' })
        await figures.getByText('5,000명 모두 확인했어요').waitFor({ timeout: 60_000 })
        await says(figures, /‘평점’ 빈 값 \d+명 · 정해 둔 글로 나가요/)
        const cases = editor.panel.getByRole('group', { name: '살펴볼 글' })
        await cases.getByRole('button', { name: '빈 값 있는 글' }).click()
        await says(editor.bubble, '평균 별점 집계 전')
        await shown(editor.panel.getByText(/[\d,]+번째 사람/))
        await cases.getByRole('button', { name: '가장 긴 글' }).click()
        await shown(editor.panel.getByText('1,000자를 넘으면 보내지 못해요.'))
        await cases.getByRole('button', { name: '차례로' }).click()
        await shown(editor.panel.getByText('1 / 10'))
      }),
    LONG,
  )
})
