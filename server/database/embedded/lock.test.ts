import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { quietLog } from '#server/test/quiet-log.ts'
import { lockFolder } from './lock.ts'
import { processInfo } from './process-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'alimflow-lock-'))
const file = join(folder, 'running')
afterEach(() => rmSync(file, { force: true }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const lock = (patienceMs = 0) => lockFolder(folder, quietLog(), patienceMs)

test('one holder at a time; the next gets it after release, also while waiting', async () => {
  const first = await lock()
  await expect(lock()).rejects.toMatchObject({ code: 'already-running', fields: { pid: process.pid, folder } })
  const waiting = lock(2000)
  first.release()
  const second = await waiting
  first.release() // twice does not take it from the second
  expect(readdirSync(folder)).toEqual(['running'])
  second.release()
  expect(readdirSync(folder)).toEqual([])
})

test.each([
  ['a number that nobody has', '999999999 1\n'],
  ['our own number at another time: it was given out again', `${process.pid} 1\n`],
  ['a file that is no lock', 'garbage'],
  ['an empty file', ''],
])('what a dead process left behind is no lock: %s', async (_, text) => {
  writeFileSync(file, text)
  const held = await lock()
  expect(readFileSync(file, 'utf8')).toBe(`${process.pid} ${processInfo(process.pid)?.started}\n`)
  held.release()
})

test('of many who find a dead lock, one gets it', async () => {
  writeFileSync(file, '999999999 1\n')
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => lock()))
  expect(results.filter(({ status }) => status === 'fulfilled').length).toBe(1)
})
