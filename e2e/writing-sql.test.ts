import { expect, test } from 'vitest'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { EditorPage } from './support/editor-page.ts'
import { journey, LONG } from './support/journey.ts'
import { says, shown } from './support/see.ts'

const node = (id: string, type: string, more: { label: string; x: number; config: object }) => {
  const { label, x, config } = more
  return { id, type, typeVersion: 1, label, position: { x, y: 0 }, config }
}

/** People of a query that is not written yet, and a count whose parameter no column has. */
const unfinished = {
  schemaVersion: 1,
  name: '조회문 쓰기',
  nodes: [
    node('start', 'manual-trigger', { label: '시작', x: 0, config: {} }),
    node('people', 'sql-source', { label: '사람', x: 260, config: { connection: 'sample-shop', sql: '' } }),
    node('count', 'variable-query', {
      label: '리뷰 수',
      x: 520,
      config: { connection: 'sample-shop', sql: 'select count(*) as reviews from reviews where company_id = :company_id' },
    }),
  ],
  edges: [
    { id: 'e1', source: 'start', sourcePort: 'start', target: 'people', targetPort: 'start' },
    { id: 'e2', source: 'people', sourcePort: 'rows', target: 'count', targetPort: 'rows' },
  ],
}

// Somebody who knows some SQL and not this database.
journey('writing SQL', ({ product, visit }) => {
  test(
    'a table is found by its Korean name, the query laid out and explained, its parameters filled, and tried with a value',
    () =>
      visit(async (page) => {
        const id = await product().addWorkflow(unfinished)
        const sqlOf = async (step: number): Promise<string> => {
          // GET /api/workflows/:id
          const { document } = (await product().api('GET', `/api/workflows/${id}`)) as { document: WorkflowDocument }
          return String(document.nodes[step]?.config['sql'])
        }
        const editor = new EditorPage(page)
        await editor.open(id)

        await editor.choose('사람')
        await editor.toSqlLine(1)
        await page.keyboard.type('select id, company_id as company_no from ')
        await page.keyboard.insertText('사장')
        const offers = page.locator('.suggest-widget.visible')
        await says(offers, /customers[\s\S]*사장님/)
        await page.keyboard.press('Enter')
        await page.keyboard.type(' where plan = :plan')
        await page.keyboard.press('Escape')
        await page.keyboard.press('Shift+Alt+F')
        await expect.poll(() => sqlOf(1), { timeout: LONG / 4 }).toMatch(/from\n\s+customers\nwhere\n\s+plan = :plan/)

        await editor.field(':plan의 값').fill('프로')
        await editor.button('쉽게 설명').click()
        await says(editor.panel.getByRole('region', { name: '데이터베이스는 이렇게 찾아요' }), '사장님 (customers)')

        await editor.choose('리뷰 수')
        const holes = editor.panel.getByRole('group', { name: '조회문이 받는 값' })
        await says(holes, '이런 이름의 열이 없어요')
        await holes.getByRole('button', { name: /^:company_no 쓰기/ }).click()
        await says(holes, /:company_no[\s\S]*열에서 받아요/)
        await expect.poll(() => sqlOf(2), { timeout: LONG / 4 }).toContain('company_id = :company_no')
        await holes.getByRole('button', { name: '시험 값으로 조회해 보기' }).click()
        await holes.getByRole('textbox', { name: ':company_no의 시험 값' }).fill('1')
        await page.keyboard.press('Enter')
        await shown(holes.getByRole('columnheader', { name: 'reviews' }))
        await says(holes.getByRole('table'), /\d+/)
      }),
    LONG,
  )
})
