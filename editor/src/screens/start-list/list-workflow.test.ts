import { expect, test } from 'vitest'
import { channelOf, listOf, listWorkflow, withChannel, withRecipients } from './list-workflow.ts'

const people = { list: 'l1', listName: '회원', address: '휴대폰', optOut: null }
const workflow = listWorkflow('회원', people, { text: '#{이름}님', variable: '이름', column: '이름' })

const configOf = (document: typeof workflow, id: string) => document.nodes.find((node) => node.id === id)?.config
const lines = ({ edges }: typeof workflow) => edges.map(({ source, sourcePort, target }) => `${source}.${sourcePort} ${target}`)

test('a list becomes a graph: who, who not, values, text, sending', () => {
  expect(workflow.nodes.map(({ type }) => type)).toEqual([
    'manual-trigger',
    'list-source',
    'leave-out',
    'mapping',
    'template',
    'send-sms',
  ])
  expect(listOf(workflow)).toBe('l1')
  expect(configOf(workflow, 'leave-out')).toEqual({ kind: 'phone', duplicates: true, unusable: true, address: '휴대폰' })
  expect(configOf(workflow, 'sms')).toEqual({ connection: 'sandbox', expiresAfter: 1440, address: '휴대폰' })
  expect(new Set(workflow.nodes.map(({ position }) => `${position.x}/${position.y}`)).size).toBe(6)
})

test('another list takes the place of the first: the text stays, the columns change', () => {
  const next = withRecipients(workflow, { list: 'l2', listName: '손님', address: '연락처', optOut: '수신거부' })
  expect(listOf(next)).toBe('l2')
  expect(configOf(next, 'leave-out')).toMatchObject({ address: '연락처', optOutColumn: '수신거부' })
  expect(configOf(next, 'sms')).toMatchObject({ address: '연락처' })
  expect(configOf(next, 'text')).toEqual(configOf(workflow, 'text'))
  expect(configOf(withRecipients(next, people), 'leave-out')).not.toHaveProperty('optOutColumn')
})

test('by Alimtalk, a text message goes to whoever did not get it; and back', () => {
  expect(channelOf(workflow)).toBe('sms')
  const kakao = withChannel(workflow, 'alimtalk')
  expect(channelOf(kakao)).toBe('alimtalk')
  expect(lines(kakao).slice(-2)).toEqual(['text.messages alimtalk', 'alimtalk.undelivered sms'])
  expect(configOf(kakao, 'alimtalk')).toMatchObject({ address: '휴대폰', connection: 'sandbox' })
  const back = withChannel(kakao, 'sms')
  expect(back).toEqual(workflow)
})

test('what somebody drew otherwise is not changed from here', () => {
  const other = { ...workflow, nodes: workflow.nodes.filter(({ id }) => id !== 'sms') }
  expect(channelOf(other)).toBe(null)
  expect(withChannel(other, 'alimtalk')).toBe(other)
})
