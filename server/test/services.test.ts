import mysql from 'mysql2/promise'
import { expect, test } from 'vitest'
import { browserMissing, launchBrowser } from './browser.ts'
import { testDatabase } from './database.ts'
import { hasMysql, mariadbMissing, testMariaDb, testMySql } from './mariadb.ts'

test('two test databases do not see each other, and are gone after close', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()])
  await one.pool.query('create table mine (x int)')
  expect((await other.pool.query(`select to_regclass('mine') as mine, to_regclass('workflow_run') as run`)).rows).toEqual([
    { mine: null, run: 'workflow_run' },
  ])
  await one.close()
  const name = new URL(one.url.replace('@/', '@x/')).pathname.slice(1)
  expect((await other.pool.query('select 1 from pg_database where datname = $1', [name])).rowCount).toBe(0)
  await other.close()
})

const servers = [
  { name: 'MariaDB', skip: mariadbMissing, open: testMariaDb },
  ...(hasMysql ? [{ name: 'MySQL', skip: null, open: testMySql }] : []),
]
for (const { name, skip, open } of servers) {
  test.skipIf(skip)(`${name} keeps Korean text and emoji`, async () => {
    const opened = await open()
    const { host, port, user, password, database } = opened
    const connection = await mysql.createConnection({ host, port, user, password, database })
    await connection.query('create table t (w text)')
    await connection.query('insert into t values (?)', ['행복분식 🍜'])
    expect((await connection.query('select w from t'))[0]).toEqual([{ w: '행복분식 🍜' }])
    await connection.end()
    await opened.close()
  })
}

test.skipIf(browserMissing)('Chromium draws a page', async () => {
  const browser = await launchBrowser()
  const page = await browser.newPage()
  await page.setContent('<h1>행복분식</h1>')
  expect(await page.textContent('h1')).toBe('행복분식')
  await browser.close()
})
