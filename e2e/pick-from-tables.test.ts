import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Preview } from '#schemas/preview.ts'
import { journey, LONG } from './support/journey.ts'
import { Person, WAYS } from './support/person.ts'
import { says, shown } from './support/see.ts'

// Somebody who knows no SQL: owners on the plan "프로" whose shop got a review below 3 in the last 7 days.

const workflow = (id: string, type: string, config: object) => ({
  schemaVersion: 1,
  name: `고르기 ${id}`,
  nodes: [
    { id: 'start', type: 'manual-trigger', typeVersion: 1, position: { x: 0, y: 0 }, config: {} },
    { id, type, typeVersion: 1, label: '받을 사람', position: { x: 300, y: 0 }, config },
  ],
  edges: [{ id: 'e1', source: 'start', sourcePort: 'start', target: id, targetPort: 'start' }],
})

/** The same question as somebody asks it who knows SQL. */
const TRUTH = `select count(*) as n from customers c where c.plan = '프로' and exists (select from reviews r where r.company_id = c.company_id
  and r.rating < 3 and r.created_at >= current_date - 7 and r.created_at < current_date + 1)`

/** Takes an option of a select: with the mouse, or by arrows from the field. */
async function take(person: Person, field: Locator, option: RegExp): Promise<void> {
  const { page } = person
  if (person.hand === 'mouse') {
    await field.click()
    return page.getByRole('option', { name: option }).first().click()
  }
  await person.reach(field)
  await page.keyboard.press('ArrowDown')
  await shown(page.getByRole('option', { name: option }).first())
  const at = page.locator('[role="option"][data-combobox-selected]')
  for (let i = 0; i < 60; i++) {
    if ((await at.count()) > 0 && option.test((await at.first().textContent()) ?? '')) return page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`no arrow leads to ${String(option)}`)
}

/** The field may be drawn anew while what was chosen before it is judged: keys that follow a click would then go to the canvas. */
const write = (person: Person, field: Locator, text: string): Promise<void> =>
  person.hand === 'mouse' ? field.fill(text) : person.write(field, text)

/** From the canvas to the form of the step. */
async function openStep({ page, words }: Person): Promise<Locator> {
  await page.getByRole('region', { name: words.editor.canvas.name }).waitFor({ timeout: 60_000 })
  await page.getByRole('group', { name: '받을 사람', exact: true }).click()
  return page.getByRole('complementary')
}

journey('pick people from tables', ({ product, visit }) => {
  test.each(WAYS)(
    'by $hand, $language, $theme: a sentence becomes conditions, the right people, and SQL for those who want it',
    (way) =>
      visit(async (page) => {
        const { api } = product()
        // The answers of our own API: schemas/preview.ts, and the id of what was made.
        const truth = (await api('POST', '/api/preview', {
          document: workflow('sql', 'sql-source', { connection: 'sample-shop', sql: TRUTH }),
        })) as Preview
        const expected = Number(truth.nodes.sql?.out.rows?.rows[0]?.n)
        expect(expected).toBeGreaterThan(10)
        const people = { connection: 'sample-shop', query: { table: '', columns: [] } }
        const { id } = (await api('POST', '/api/workflows', workflow('people', 'table-source', people))) as { id: string }

        const person = new Person(page, way)
        const { tableQuery, forms } = person.words
        const operators = way.language === 'ko-KR' ? { below: /^미만$/ } : { below: /^is less than$/ }
        await page.goto(`/workflows/${id}`)
        const panel = await openStep(person)
        const box = (within: Locator, name: string) => within.getByRole('combobox', { name, exact: true })
        await take(person, box(panel, tableQuery.table.title), /^사장님/)

        await person.press(panel.getByRole('button', { name: forms.conditions.add, exact: true }))
        await take(person, box(panel, forms.conditions.column), /^요금제/)
        await write(person, panel.getByLabel(forms.conditions.value, { exact: true }), '프로')
        await page.keyboard.press('Tab')

        await take(
          person,
          box(panel, tableQuery.related.add),
          way.language === 'ko-KR' ? /^가게의 손님 리뷰/ : /^손님 리뷰 of 가게/,
        )
        const reviews = panel.getByRole('group', { name: /손님 리뷰/ })
        const add = reviews.getByRole('button', { name: forms.conditions.add, exact: true })
        await person.press(add)
        await take(person, box(reviews, forms.conditions.column), /^별점/)
        await take(person, box(reviews, forms.conditions.operator), operators.below)
        await write(person, reviews.getByLabel(forms.conditions.value, { exact: true }), '3')
        await person.press(add)
        await take(person, box(reviews, forms.conditions.column).nth(1), /^만든 때/)
        await shown(box(reviews, tableQuery.range.kind))

        const ask = panel.getByRole('button', { name: tableQuery.count.ask })
        await expect.poll(() => ask.isEnabled(), { timeout: 10_000 }).toBe(true)
        await person.press(ask)
        await says(panel, new RegExp(`${expected.toLocaleString('en')}(명| people)`))
        // The first of them, looked at without anybody asking; their numbers are masked.
        await says(page.locator('body'), /010-\*\*\*\*-\d{4}/)

        await person.press(panel.getByRole('button', { name: tableQuery.sql.show }))
        await says(panel, /where customers\.plan = :plan\s+and exists/)
        await person.press(panel.getByRole('button', { name: tableQuery.sql.takeOver }))
        await says(panel.locator('.monaco-editor').first(), /customers/)
        const draft = async () =>
          ((await api('GET', `/api/workflows/${id}`)) as { document: ReturnType<typeof workflow> }).document.nodes[1]
        await expect.poll(async () => (await draft())?.type, { timeout: 10_000 }).toBe('sql-source')
        expect((await draft())?.config).toMatchObject({
          parameters: {
            plan: { type: 'text', value: '프로' },
            created_at_from: { relative: { from: 'day', plus: -7, unit: 'day' } },
          },
        })
        await page.getByRole('group', { name: '받을 사람', exact: true }).click()
        await page.keyboard.press('Control+z')
        await expect.poll(async () => (await draft())?.type, { timeout: 10_000 }).toBe('table-source')
      }, way),
    LONG,
  )
})
