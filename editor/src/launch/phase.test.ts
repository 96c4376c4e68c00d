import { expect, test } from 'vitest'
import type { Run } from '#schemas/run.ts'
import { phaseOfLaunch } from './phase.ts'

const run = (state: Run['state'], reason: string | null = null, cause: string | null = null) => ({
  state,
  reason: reason === null ? null : { code: reason, message: '', fields: {} },
  cause: cause === null ? null : { code: cause, message: '', until: null },
})

test('what the dialog shows follows the run, whoever moved it', () => {
  expect(phaseOfLaunch(run('queued'))).toBe('preparing')
  expect(phaseOfLaunch(run('preparing', null, 'reading-audience'))).toBe('preparing')
  expect(phaseOfLaunch(run('waiting', 'launch-prepared'))).toBe('ready')
  expect(phaseOfLaunch(run('completed', 'empty-audience'))).toBe('nobody')
  expect(phaseOfLaunch(run('failed', 'query-failed'))).toBe('failed')
})

test('somebody else sent it, sent the first part, or cancelled it', () => {
  expect(phaseOfLaunch(run('sending'))).toBe('sent')
  expect(phaseOfLaunch(run('waiting', 'first-part-sent'))).toBe('sent')
  expect(phaseOfLaunch(run('completed'))).toBe('sent')
  expect(phaseOfLaunch(run('cancelled'))).toBe('cancelled')
  expect(phaseOfLaunch(run('waiting', 'launch-prepared', 'cancelling'))).toBe('cancelled')
})
