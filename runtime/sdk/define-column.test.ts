import { expect, test } from 'vitest'
import { runExample, columnsOf } from './test/example.ts'
import { testNode } from './test/test-node.ts'
import { AppError, defineColumn } from './index.ts'

const shout = defineColumn({
  type: 'test-shout',
  title: { en: 'Shout', ko: '크게' },
  help: { en: 'In capitals.', ko: '대문자로 바꿔요.' },
  adds: 'loud',
  make(value) {
    if (value === 'silent') throw new AppError('address-unusable', {})
    return typeof value === 'string' ? value.toUpperCase() : null
  },
  examples: [
    { from: 'kim', to: 'KIM' },
    { from: null, to: null },
  ],
})

testNode(shout)

test('who cannot be worked on leaves alone, the others go on', async () => {
  const example = { config: { column: 'name' }, in: [{ name: 'kim' }, { name: 'silent' }] }
  expect(await runExample(shout, example)).toEqual({
    rows: [{ name: 'kim', loud: 'KIM' }],
    failed: [{ row: { name: 'silent' }, code: 'address-unusable' }],
  })
})

test('a column that is not there is a problem at its field', () => {
  const { problems } = columnsOf(shout, { config: { column: 'gone' }, in: [{ name: 'kim' }] })
  expect(problems).toEqual([{ code: 'unknown-column', fields: { column: 'gone' }, field: 'column' }])
})
