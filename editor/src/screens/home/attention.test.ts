import { expect, test } from 'vitest'
import type { WorkflowItem } from '#schemas/api/workflows.ts'
import type { Connection } from '#schemas/connection.ts'
import type { RunItem } from '#schemas/run.ts'
import type { PassedOutcome } from '#schemas/schedule-policies.ts'
import { attentionOf as everything } from './attention.ts'

const attentionOf = (
  workflows: WorkflowItem[],
  connections: Connection[],
  missed: Record<string, string[]> = {},
  outcome: PassedOutcome = 'open',
) =>
  everything({
    workflows,
    connections,
    missed: new Map(Object.entries(missed).map(([id, times]) => [id, times.map((fireAt) => ({ fireAt, outcome }))])),
  })

const workflow = (name: string, change: Partial<WorkflowItem> = {}): WorkflowItem => ({
  id: name,
  name,
  revision: 1,
  enabled: true,
  published: { version: 3, at: '2026-11-20T00:00:00Z', revision: 1 },
  problems: { errors: 0, warnings: 2 },
  chain: [],
  trigger: null,
  nextRunAt: null,
  lastRun: null,
  recent: [],
  updatedAt: '2026-11-20T00:00:00Z',
  ...change,
})

const run = (change: Partial<RunItem>): RunItem => ({
  id: 'r1',
  number: 7,
  workflowId: 'w',
  workflowName: 'w',
  version: 3,
  kind: 'live',
  trigger: 'manual',
  state: 'completed',
  reason: null,
  startedAt: '2026-11-20T00:00:00Z',
  sendingEndedAt: null,
  closedAt: null,
  recipients: 10,
  outcomes: { delivered: 10 },
  ...change,
})

const connection = (state: 'ok' | 'failed'): Connection => ({
  id: 'shop',
  name: 'Shop',
  kind: 'mysql',
  role: 'database',
  channels: [],
  builtIn: false,
  settings: {},
  secretsSet: [],
  health: { state, checkedAt: null, error: state === 'failed' ? { code: 'refused', message: 'No answer' } : null },
  dialect: null,
  revision: 1,
  createdAt: '',
  updatedAt: '',
})

test('warnings, finished runs and drafts that are off need nobody', () => {
  const off = workflow('off', { enabled: false, problems: { errors: 4, warnings: 0 } })
  expect(attentionOf([workflow('fine', { lastRun: run({}) }), off], [connection('ok')])).toEqual([])
})

test('what stands still comes first; a run can ask for two things', () => {
  const items = attentionOf(
    [
      workflow('broken draft', { problems: { errors: 2, warnings: 0 } }),
      workflow('uncertain', {
        lastRun: run({ state: 'failed', reason: { code: 'x', message: 'Why', fields: {} }, outcomes: { unconfirmed: 3 } }),
      }),
      workflow('halted', { lastRun: run({ id: 'r2', state: 'paused' }) }),
    ],
    [connection('failed')],
  )
  expect(items.map(({ kind, name }) => [kind, name])).toEqual([
    ['paused', 'halted'],
    ['failed', 'uncertain'],
    ['connection', 'Shop'],
    ['unconfirmed', 'uncertain'],
    ['problems', 'broken draft'],
  ])
  expect(items[1]).toMatchObject({ runId: 'r1', number: 7, reason: 'Why' })
  expect(items[3]).toMatchObject({ count: 3 })
  expect(items[4]).toMatchObject({ count: 2, version: 3 })
})

test('missed starts count while a person is asked about them', () => {
  const times = ['2026-11-23T00:00:00Z', '2026-11-16T00:00:00Z']
  expect(attentionOf([workflow('late')], [], { late: times })).toEqual([
    { kind: 'missed', key: 'late missed', name: 'late', workflowId: 'late', count: 2, fireAt: '2026-11-23T00:00:00Z' },
  ])
  for (const outcome of ['declined', 'skipped', 'over'] as const)
    expect(attentionOf([workflow('decided')], [], { decided: times }, outcome)).toEqual([])
})
