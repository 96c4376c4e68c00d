import { expect, test } from 'vitest'
import { journey, LONG } from './support/journey.ts'
import { Person, WAYS } from './support/person.ts'
import { gone, says, shown } from './support/see.ts'

// Text, audience, mapping: whoever came from the three-step platform finds it here, and gets the same graph that others draw.

journey('step by step', ({ visit }) => {
  test.each(WAYS)(
    'by $hand, $language, $theme: a text, who gets it, what goes into it, and ten messages before anything is sent',
    (way) =>
      visit(async (page) => {
        const person = new Person(page, way)
        const { startSteps, startList, forms, home } = person.words
        await page.goto('/')
        await person.press(page.getByRole('link', { name: home.doors.steps }))
        await person.write(page.getByRole('textbox', { name: startSteps.begin.name }), '리뷰 알림')
        await page.keyboard.press('Enter')
        const text = page.locator('textarea').first()
        await shown(text)
        await person.write(text, '#{이름}님, 리뷰가 #{리뷰 수}건 모였어요.')
        await person.press(page.getByRole('link', { name: startSteps.next.audience }))

        const by = page.getByRole('radio', { name: startSteps.audience['sql-source'] })
        if (way.hand === 'mouse') await page.getByText(startSteps.audience['sql-source'], { exact: true }).click()
        else {
          await person.reachInto(page.getByRole('radiogroup', { name: startSteps.audience.title }))
          while (!(await by.isChecked())) await page.keyboard.press('ArrowRight')
        }
        const sql = page.locator('.monaco-editor .native-edit-context, .monaco-editor textarea').first()
        if (way.hand === 'mouse') await page.locator('.monaco-editor').first().click()
        else await person.reach(sql)
        await page.keyboard.type(`select name, contacts, company_id from customers where status = 'active' order by id`)
        await says(page.getByRole('region', { name: startSteps.rows.title }), /010-\*\*\*\*-\d{4}/)
        // Its name says that it holds the numbers.
        const address = page.getByRole('combobox', { name: startSteps.address.title })
        await expect.poll(() => address.inputValue(), { timeout: 10_000 }).toMatch(/contacts/)
        await person.press(page.getByRole('link', { name: startSteps.next.mapping }))

        await person.press(page.getByRole('button', { name: startSteps.query.add }))
        if (way.hand === 'mouse') await page.locator('.monaco-editor').first().click()
        else await person.reach(sql)
        await page.keyboard.type('select count(*) as review_count from reviews where company_id = :company_id')
        await person.press(page.getByRole('button', { name: new RegExp(forms.mapping.fillAll_other.replace(/\{\{.*\}\}/, '2')) }))
        await says(page.getByRole('group', { name: person.words.parts.phone.label }).first(), /\S+님, 리뷰가 \d+건 모였어요\./)
        const { saved } = person.words
        const mapping = `리뷰 매핑 ${way.hand}`
        await person.press(page.getByRole('button', { name: saved.keep.open }).first())
        const keep = page.getByRole('dialog', { name: saved.keep.title })
        await person.write(keep.getByRole('textbox', { name: saved.keep.name }), mapping)
        await page.keyboard.press('Enter')
        await gone(keep)
        await person.press(page.getByRole('button', { name: saved.take.open }).first())
        const take = page.getByRole('dialog', { name: saved.take.title })
        await says(take.getByRole('article', { name: mapping }), /이름 ← name/)
        await person.press(take.getByRole('button', { name: saved.take.one.replace('{{name}}', mapping) }))
        await gone(take)
        await person.press(page.getByRole('link', { name: startList.next.send }))

        const list = page.getByRole('list', { name: startList.send.list })
        await expect.poll(() => list.getByRole('listitem').count(), { timeout: 15_000 }).toBe(10)
        await says(page.getByRole('main'), startList.send.sandbox)
        await person.press(page.getByRole('link', { name: startList.graph }))
        await page.waitForURL(/\/workflows\/[^/]+$/)
      }, way),
    LONG,
  )
})
