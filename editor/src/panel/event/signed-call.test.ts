import { execFileSync, spawnSync } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { signedCall } from './signed-call.ts'

const openssl = spawnSync('openssl', ['version']).status === 0

test.skipIf(!openssl)('the script signs what it sends, as Standard Webhooks say', () => {
  const key = randomBytes(32)
  const script = signedCall({ url: 'http://127.0.0.1/hooks/x', body: { name: "D'Arc", phone: '010-1234-5678' } })
  // In place of the call, what it was called with.
  const said = execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${script}`], {
    env: { PATH: process.env.PATH, SECRET: `whsec_${key.toString('base64')}` },
    encoding: 'utf8',
  }).split('\0')
  const header = (name: string) => said.find((one) => one.startsWith(`${name}: `))?.slice(name.length + 2) ?? ''
  const body = said[said.indexOf('--data-binary') + 1] ?? ''
  expect(JSON.parse(body)).toEqual({ name: "D'Arc", phone: '010-1234-5678' })
  const signed = `${header('webhook-id')}.${header('webhook-timestamp')}.${body}`
  expect(header('webhook-signature')).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
})
