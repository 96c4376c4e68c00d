import { expect, test } from 'vitest'
import { channelOf, withChannel } from '../start-list/list-workflow.ts'
import { addressOf, audienceOf, queryOf, stepsWorkflow, withAddress, withQuery, withSource } from './steps-workflow.ts'

const sql = { type: 'sql-source', config: { connection: 'shop', sql: 'select 1' } }
const lines = ({ edges }: ReturnType<typeof stepsWorkflow>) => edges.map(({ source, target }) => `${source} ${target}`).toSorted()

test('the column with the numbers goes to every step that asks for it, also to one that came later', () => {
  const begun = withAddress(stepsWorkflow('새 소식', sql), 'mobile')
  expect(addressOf(begun)).toBe('mobile')
  expect(begun.nodes.flatMap(({ config }) => config['address'] ?? [])).toEqual(['mobile', 'mobile'])
  const both = withChannel(begun, 'alimtalk')
  expect(channelOf(both)).toBe('alimtalk')
  expect(both.nodes.flatMap(({ config }) => config['address'] ?? [])).toEqual(['mobile', 'mobile', 'mobile'])
})

test('people from elsewhere: the rest of the graph stays, their column is chosen anew', () => {
  const begun = withAddress(stepsWorkflow('새 소식', sql), 'mobile')
  const other = withSource(begun, { type: 'list-source', config: { list: 'x' } })
  expect(audienceOf(other)).toMatchObject({ type: 'list-source', config: { list: 'x' } })
  expect(addressOf(other)).toBe(null)
  expect(lines(other)).toEqual(lines(begun))
  expect(audienceOf({ nodes: begun.nodes.map((node) => ({ ...node, type: 'api-sends' })) })).toBeUndefined()
})

test('a step that asks for more is put in before the variables, and taken out again without a trace', () => {
  const begun = stepsWorkflow('새 소식', sql)
  const asked = withQuery(begun, { connection: 'shop', sql: '' })
  expect(queryOf(asked)?.config).toEqual({ connection: 'shop', sql: '' })
  expect(lines(asked)).toEqual([
    'audience leave-out', 'leave-out values', 'start audience', 'text sms', 'values variables', 'variables text',
  ]) // prettier-ignore
  const back = withQuery(asked, null)
  expect(queryOf(back)).toBeUndefined()
  expect(back.nodes).toEqual(begun.nodes)
  expect(lines(back)).toEqual(lines(begun))
})
