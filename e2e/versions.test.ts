import { expect, test } from 'vitest'
import { EditorPage } from './support/editor-page.ts'
import { journey, LONG } from './support/journey.ts'
import { gone, says, shown } from './support/see.ts'
import { smallReport } from './support/small-report.ts'

interface Saved {
  readonly revision: number
  readonly document: { readonly nodes: { readonly id: string; readonly config: Record<string, unknown> }[] }
}

// Somebody changed the text last week: what was it before, and how do we get it back?
journey('versions', ({ product, visit }) => {
  test(
    'what changed from version to version is shown word by word, and an old text comes back as the draft',
    () =>
      visit(async (page) => {
        const id = await product().addWorkflow(smallReport({ name: '주간 안내', people: 10, connection: 'sandbox' }))
        const path = `/api/workflows/${id}`
        await page.goto(`/workflows/${id}/versions`)
        await shown(page.getByText('게시한 버전이 없어요'))

        await product().api('POST', `${path}/publish`)
        // schemas/api/workflows.ts' Workflow.
        const first = (await product().api('GET', path)) as Saved
        const [template] = first.document.nodes.filter(({ config }) => typeof config['text'] === 'string')
        const old = String(template?.config['text'])
        const nodes = first.document.nodes.map((node) =>
          node.id === template?.id ? { ...node, config: { ...node.config, text: `${old}\n이번 주도 고맙습니다.` } } : node,
        )
        await product().api('PUT', path, { revision: first.revision, document: { ...first.document, nodes } })
        await page.reload()
        const draft = page.getByRole('region', { name: '초안' })
        await says(draft, '바뀐 점 1개')
        await says(draft.locator('ins'), '이번 주도 고맙습니다.')
        await gone(draft.locator('del'))

        await product().api('POST', `${path}/publish`)
        await page.reload()
        await shown(draft.getByText('두 버전에 다른 점이 없어요'))
        const list = page.getByRole('navigation', { name: '버전 목록' })
        await list.getByRole('link', { name: /^v2/ }).click()
        await says(page.getByRole('region', { name: 'v2' }).locator('ins'), '이번 주도 고맙습니다.')

        // The way back, by keyboard alone: the first version, its button, the question, yes.
        await list.getByRole('link', { name: /^v1/ }).focus()
        await page.keyboard.press('Enter')
        const v1 = page.getByRole('region', { name: 'v1' })
        await shown(v1.getByText('첫 버전'))
        await v1.getByRole('button', { name: '이 버전으로 되돌리기' }).focus()
        await page.keyboard.press('Enter')
        const question = page.getByRole('dialog')
        await says(question, '게시한 버전과 지난 실행은 그대로 남아요')
        await question.getByRole('button', { name: '초안으로 가져오기' }).focus()
        await page.keyboard.press('Enter')
        await shown(new EditorPage(page).canvas)
        const back = (await product().api('GET', path)) as Saved
        expect(back.document.nodes.find(({ id: one }) => one === template?.id)?.config['text']).toBe(old)
      }),
    LONG,
  )
})
