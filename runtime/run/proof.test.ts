import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Slice } from '#runtime/sdk/index.ts'
import { Proof } from './proof.ts'

const slice = (body: string): Slice => ({
  key: 'k',
  channel: 'sms',
  messages: [
    {
      key: 'm1',
      to: '01012345678',
      composed: { kind: 'SMS', parts: { body }, variables: {}, length: { unit: 'bytes', used: 4, limit: 90, kind: 'SMS' } },
    },
  ],
})

const sha = (text: string): Buffer => createHash('sha256').update(text).digest()

test('the bytes of the request are proved, whatever form they are told in', () => {
  const body = '{"text":"안녕"}'
  const [text, bytes] = [new Proof(), new Proof()]
  text.said(body)
  bytes.said(Buffer.from(body))
  const wanted = createHash('sha256').update(body).digest()
  expect(text.digest(slice('x'))).toEqual(wanted)
  expect(bytes.digest(slice('x'))).toEqual(wanted)
})

test('two requests of one call are proved in their order', () => {
  const proof = new Proof()
  proof.said('first')
  proof.said('second')
  expect(proof.digest(slice('x'))).toEqual(createHash('sha256').update(sha('first')).update(sha('second')).digest())
})

test('a session that tells nothing is taken at its messages', () => {
  expect(new Proof().digest(slice('안녕'))).toEqual(new Proof().digest(slice('안녕')))
  expect(new Proof().digest(slice('안녕'))).not.toEqual(new Proof().digest(slice('안영')))
})
