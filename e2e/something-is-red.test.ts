import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { journey, LONG } from './support/journey.ts'
import { Person, WAYS } from './support/person.ts'
import { gone, says, shown } from './support/see.ts'

let shop: TestDatabase
beforeAll(async () => {
  shop = await testDatabase({ empty: true })
})
afterAll(() => shop.close())

const edge = (source: string, target: string, [sourcePort, targetPort]: [string, string] = ['rows', 'rows']) => ({
  id: `${source}-${target}`,
  source,
  sourcePort,
  target,
  targetPort,
})

/** People of one table, the grade of each in her text. */
function gradeLetter(table: string, connection: string): object {
  const node = (id: string, { type, label, config }: { type: string; label: string; config: object }, x: number) => ({
    id,
    type,
    typeVersion: 1,
    label,
    position: { x, y: 0 },
    config,
  })
  return {
    schemaVersion: 1,
    name: `등급 안내 ${table}`,
    nodes: [
      node('start', { type: 'manual-trigger', label: '시작', config: {} }, 0),
      node(
        'people',
        { type: 'sql-source', label: '회원', config: { connection, sql: `select * from ${table} order by id` } },
        300,
      ),
      node('fill', { type: 'mapping', label: '변수', config: { variables: { 등급: { column: 'grade' } } } }, 600),
      node('text', { type: 'template', label: '안내 글', config: { text: '회원님의 등급은 #{등급}이에요.' } }, 900),
      node('send', { type: 'send-sms', label: '문자', config: { connection: 'sandbox', address: 'phone' } }, 1200),
    ],
    edges: [
      edge('start', 'people', ['start', 'start']),
      edge('people', 'fill'),
      edge('fill', 'text'),
      edge('text', 'send', ['messages', 'messages']),
    ],
  }
}

// Journey 3: overnight somebody renamed a column of the company's own table. Whoever opens the workflow in the morning sees it, and what to do.
journey('something is red', ({ product, visit }) => {
  test.each(WAYS)(
    'by $hand, $language, $theme: a renamed column is red before anything runs, and one press mends it',
    (way) =>
      visit(
        async (page) => {
          const table = `member_${way.hand}`
          await shop.pool.query(`create table ${table} (id int, phone text, grade text);
            insert into ${table} values (1, '010-1234-5678', '단골')`)
          // The test cluster listens on a socket only.
          const { searchParams, pathname, username, password } = new URL(shop.url.replace('@/', '@socket/'))
          // schemas/connection.ts' Connection.
          const { id: connection } = (await product().api('POST', '/api/connections', {
            name: `회원 디비 ${table}`,
            kind: 'postgres',
            settings: { host: searchParams.get('host'), database: pathname.slice(1), user: username },
            secrets: { password: decodeURIComponent(password) },
          })) as { id: string }
          const id = await product().addWorkflow(gradeLetter(table, connection))
          const person = new Person(page, way)
          const { editor } = person.words
          const canvas = page.getByRole('region', { name: editor.canvas.name, exact: true })
          const card = (label: string) => canvas.getByRole('group', { name: label, exact: true })
          const badge = (label: string) => card(label).getByRole('img', { name: /\d/ })
          const toFix = canvas.getByRole('button', { name: /^고칠 것|to fix/ })

          await page.goto(`/workflows/${id}`)
          await canvas.waitFor({ timeout: LONG / 2 })
          await shown(card('변수'))
          await gone(toFix)
          await page.goto('/')
          await shop.pool.query(`alter table ${table} rename column grade to member_grade`)
          // What was asked in the last seconds is not asked again.
          await page.waitForTimeout(5_000)

          await page.goto(`/workflows/${id}`)
          await canvas.waitFor({ timeout: LONG / 2 })
          await shown(badge('변수'))
          // The line into the step is red as well.
          await expect
            .poll(() => canvas.getByRole('group', { name: '회원 → 변수', exact: true }).locator('[data-tone="bad"]').count())
            .toBe(1)
          await person.press(toFix)
          const dock = page.getByRole('region', { name: editor.dock.name })
          const problem = dock.getByRole('listitem').filter({ hasText: 'grade' })
          await says(problem, /grade/)
          await person.press(problem.getByRole('button', { name: /member_grade/ }))
          await gone(badge('변수'))
          await gone(toFix)
          await shown(dock.getByText(editor.dock.noProblems))
        },
        { language: way.language, theme: way.theme },
      ),
    LONG,
  )
})
