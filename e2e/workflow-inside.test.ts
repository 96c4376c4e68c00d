import { test } from 'vitest'
import { expand, type ShortWorkflow } from '#runtime/test/short-workflow.ts'
import { EditorPage } from './support/editor-page.ts'
import { journey, LONG } from './support/journey.ts'
import { counts, gone, says, shown } from './support/see.ts'

// A greeting that several workflows send is one step of them: put in, mended, run, and taken over when it is published anew.

const greeting = (text: string): ShortWorkflow => ({
  nodes: {
    in: { type: 'part-input', config: { takes: 'rows', columns: [{ name: 'phone', type: 'text', required: true }] } },
    text: { type: 'template', config: { text } },
    talk: { type: 'send-sms', label: '인사 문자', config: { connection: 'sandbox', address: 'phone', expiresAfter: 60 } },
    done: { type: 'part-output', label: '받은 사람' },
  },
  edges: ['in.rows -> text.rows', 'text.messages -> talk.messages', 'talk.sent -> done.rows'],
})
const sql = `select name, contacts as mobile from customers where status = 'active' order by id limit 12`
const list: ShortWorkflow = {
  nodes: {
    start: { type: 'manual-trigger' },
    members: { type: 'sql-source', label: '회원', config: { connection: 'sample-shop', sql } },
  },
  edges: ['start.start -> members.start'],
}

journey('a workflow inside another', ({ product, visit }) => {
  test(
    'chosen by name, its column mended by a click, run, explained, and its new version taken over',
    () =>
      visit(async (page) => {
        const inner = await product().addWorkflow({ ...expand(greeting('잘 지내세요?')), name: '안부 보내기' })
        await product().api('POST', `/api/workflows/${inner}/publish`)
        const outer = await product().addWorkflow({ ...expand(list), name: '모두에게' })
        const editor = new EditorPage(page)
        await editor.open(outer)
        await editor.choose('회원')
        await editor.addStep()
        await page.keyboard.type('ㅇㅋㅍㄹ')
        await editor.fromPalette('워크플로 넣기')
        await editor.select('워크플로', '안부 보내기')

        // It says what it needs, and which column looks like it.
        await counts(editor.problemBadge('안부 보내기'), 1)
        await shown(editor.panel.getByText(/‘안부 보내기’에는 ‘phone’ 열이 필요/))
        await editor.panel.getByRole('button', { name: '‘mobile’ 열 쓰기' }).click()
        await counts(editor.problemBadge('안부 보내기'), 0)
        await says(editor.step('안부 보내기'), '버전 1 · 템플릿 → 인사 문자')
        await gone(editor.canvas.getByRole('button', { name: /^고칠 것/ }))
        await says(editor.bubble, '잘 지내세요?')
        await editor.saved()

        await editor.runToAll()
        await page.getByText('합계 일치').waitFor({ timeout: LONG / 2 })
        await page.getByRole('radiogroup', { name: '보기' }).getByText('흐름', { exact: true }).click()
        await says(page.getByRole('group', { name: '안부 보내기', exact: true }), /12명/)
        await page.getByRole('radiogroup', { name: '보기' }).getByText('사람', { exact: true }).click()
        await page.getByRole('table').getByRole('row').filter({ hasText: '010-' }).first().click()
        await shown(page.getByText('안부 보내기 › 인사 문자'))

        // The inner one is published anew; here it stays as it was until somebody says otherwise.
        const { revision } = (await product().api('GET', `/api/workflows/${inner}`)) as { revision: number }
        const document = { ...expand(greeting('새해 복 많이 받으세요')), name: '안부 보내기' }
        await product().api('PUT', `/api/workflows/${inner}`, { revision, document })
        await product().api('POST', `/api/workflows/${inner}/publish`)
        await editor.open(outer)
        await editor.choose('안부 보내기')
        await says(editor.bubble, '잘 지내세요?')
        await editor.panel.getByRole('button', { name: '버전 2 쓰기' }).click()
        await says(editor.bubble, '새해 복 많이 받으세요')
        await says(editor.step('안부 보내기'), '버전 2')
        await editor.saved()

        // From the step into the workflow itself, which does not run alone.
        await editor.panel.getByRole('link', { name: '열어 보기' }).click()
        await shown(editor.step('들어오는 곳'))
        await counts(page.getByRole('button', { name: '실행', exact: true, disabled: true }), 1)
      }),
    LONG,
  )
})
