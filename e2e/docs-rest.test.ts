import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectFolder } from '#server/config.ts'
import { startProduct, type Product } from './support/product.ts'

// What docs/rest-and-websocket.md tells people to type is typed here, against the product as `npm start` runs it.

const page = readFileSync(join(projectFolder, 'docs', 'rest-and-websocket.md'), 'utf8')
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))].map(([, code = '']) => code)

let product: Product
const folder = mkdtempSync(join(tmpdir(), 'alimflow-docs-'))
beforeAll(async () => {
  product = await startProduct()
}, 120_000)
afterAll(async () => {
  await product?.end()
  rmSync(folder, { recursive: true, force: true })
})

/** What a program said; its errors beside it, so that a failing one is understood. */
function said(command: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<string> {
  const child = spawn(command, args, { cwd: projectFolder, env: { ...process.env, ALIMFLOW: product.url, ...more } })
  let out = ''
  child.stdout.on('data', (data: Buffer) => (out += data.toString()))
  child.stderr.on('data', (data: Buffer) => (out += data.toString()))
  return new Promise((resolve) => child.once('close', () => resolve(out)))
}

test('from a file to an answer for each recipient', async () => {
  const [tools = '', make = '', start = '', ask = '', ...more] = blocks('sh')
  expect(more).toEqual([])
  const [watch = ''] = blocks('js')
  writeFileSync(join(folder, 'watch.mjs'), watch)

  const begun = (await said('bash', ['-c', `${tools}${make}${start}echo "$run"`])).trim().split('\n')
  expect(begun[0]).toBe('0')
  expect(begun.slice(1, -3).join('\n')).toMatch(/리뷰/)
  expect(begun.at(-3)).toBe('1')
  expect(begun.at(-2)).toMatch(/^(queued|preparing|waiting|sending|settling)$/)
  const run = begun.at(-1) ?? ''

  const frames = (await said('node', [join(folder, 'watch.mjs')], { RUN: run })).trim()
  expect(frames).toMatch(/^(settling|completed) 5000 \{/m)
  expect(frames).not.toContain('Error')

  const answers = await said('bash', ['-c', `${tools}run=${run}\n${ask}`])
  const [reason = '', ...text] = answers.split('\n')
  expect(reason).not.toBe('')
  expect(text.join('\n')).toMatch(/리뷰/)
}, 180_000)

test('an error has the form of the page', async () => {
  const answer = await fetch(`${product.url}/api/workflows/none`, { headers: { 'accept-language': 'en' } })
  const [json = ''] = blocks('json')
  expect(await answer.json()).toEqual({
    error: { ...(JSON.parse(json) as { error: object }).error, requestId: expect.any(String) },
  })
})
