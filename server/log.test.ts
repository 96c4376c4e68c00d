import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('one JSON line an entry on standard error, without secrets, from the wished level on', () => {
  const code = `const { createLog } = await import('#server/log.ts'); const log = createLog('worker')
    log.debug('hidden'); log.warn('shown', { run: 'r1', password: 'hunter2', settings: { apiSecret: 'hunter2', host: 'db' } })`
  const { stderr, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' })
  expect(stdout).toBe('')
  expect(
    stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    {
      level: 40,
      time: expect.any(Number),
      part: 'worker',
      run: 'r1',
      password: '[Redacted]',
      settings: { apiSecret: '[Redacted]', host: 'db' },
      msg: 'shown',
    },
  ])
})

test('a level that does not exist is said, and keeps nothing from starting', () => {
  const code = `const { createLog } = await import('#server/log.ts'); createLog('worker').info('shown')`
  const env = { ...process.env, ALIMFLOW_LOG_LEVEL: 'loud' }
  const { stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8', env })
  expect(status).toBe(0)
  expect(stderr).toMatch(/ALIMFLOW_LOG_LEVEL=loud is not a level.*debug, info, warn or error/)
  expect(stderr).toContain('"msg":"shown"')
})
