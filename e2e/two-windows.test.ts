import { expect, test } from 'vitest'
import { journey, LONG } from './support/journey.ts'
import { gone, says, shown } from './support/see.ts'
import { smallReport } from './support/small-report.ts'

interface Saved {
  readonly revision: number
  readonly document: { readonly name: string }
}

// Two people, or two windows of one, in one workflow: each knows of the other, and nothing is overwritten without a word.
journey('two windows', ({ product, visit }) => {
  test(
    'each says that the other is there, offers what was saved there, and asks when both changed it',
    () =>
      visit(
        async (page, context) => {
          const id = await product().addWorkflow(smallReport({ name: '함께 고치는 안내', people: 5, connection: 'sandbox' }))
          // schemas/api/workflows.ts' Workflow.
          const draft = async () => (await product().api('GET', `/api/workflows/${id}`)) as Saved
          const name = page.getByRole('textbox', { name: '워크플로 이름' })
          const rename = async (to: string) => {
            await name.fill(to)
            await name.press('Enter')
          }
          await page.goto(`/workflows/${id}`)
          await shown(name)
          const other = await context.newPage()
          await other.goto(`/workflows/${id}`)
          await shown(page.getByText('다른 창 1개'))
          await shown(other.getByText('다른 창 1개'))

          // One window saves: the other is offered what is new, and takes it.
          await rename('첫 창의 이름')
          await other.getByRole('button', { name: '다른 곳에서 고쳤어요. 새 초안 불러오기' }).click()
          await expect.poll(() => other.getByRole('textbox', { name: '워크플로 이름' }).inputValue()).toBe('첫 창의 이름')

          // Both change it: the one that comes later is asked, sees what differs, and keeps its own.
          const { revision, document } = await draft()
          await product().api('PUT', `/api/workflows/${id}`, { revision, document: { ...document, name: '다른 사람의 이름' } })
          await shown(page.getByRole('button', { name: '다른 곳에서 고쳤어요. 새 초안 불러오기' }))
          await rename('내가 고친 이름')
          const question = page.getByRole('dialog', { name: '다른 곳에서 이 워크플로를 고쳤어요' })
          await says(question.locator('del'), '다른 사람')
          await says(question.locator('ins'), '내가 고친')
          expect((await draft()).document.name).toBe('다른 사람의 이름')
          await question.getByRole('button', { name: '내 것으로 저장' }).press('Enter')
          await gone(question)
          await expect.poll(async () => (await draft()).document.name).toBe('내가 고친 이름')

          await other.close()
          await gone(page.getByText('다른 창 1개'))
        },
        // A save that comes too late is answered with 409, on purpose.
        { expected: /409/ },
      ),
    LONG * 2,
  )
})
