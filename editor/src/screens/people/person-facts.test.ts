import { expect, test } from 'vitest'
import type { PersonMessage } from '#schemas/api/people.ts'
import { personFacts } from './person-facts.ts'

const message = (id: string, state: PersonMessage['state'], more: Partial<PersonMessage> = {}): PersonMessage => ({
  id,
  number: 1,
  runId: 'r',
  nodeId: 'talk',
  channel: 'alimtalk',
  provider: 'sandbox',
  state,
  reason: null,
  address: '010-****-0007',
  name: null,
  attempt: 1,
  sentAt: null,
  finalAt: '2026-11-20T00:00:00Z',
  cost: null,
  workflowId: 'w',
  workflowName: '주간 리뷰',
  runNumber: 1,
  test: false,
  ...more,
})
const out = message('out', 'skipped', { channel: null, reason: { code: 'opted-out', message: '수신 거부' } })

test('the newest that arrived, and how many did; tests are nobody’s', () => {
  const facts = personFacts([
    message('test', 'delivered', { test: true }),
    message('bad', 'failed'),
    message('new', 'delivered'),
    message('old', 'delivered'),
  ])
  expect(facts).toMatchObject({ received: { id: 'new' }, optedOut: null, arrived: 2, notArrived: 1, tests: 1 })
})

test('who declined is known by having been left out for it, until something was sent after that', () => {
  expect(personFacts([out, message('before', 'delivered')])).toMatchObject({ optedOut: { id: 'out' }, optedInSince: false })
  expect(personFacts([message('after', 'sent'), out])).toMatchObject({ optedOut: { id: 'out' }, optedInSince: true })
  const again = message('again', 'skipped', { channel: null, reason: { code: 'duplicate', message: '' } })
  expect(personFacts([again, out]).optedInSince).toBe(false)
})
