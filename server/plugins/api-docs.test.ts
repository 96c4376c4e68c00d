import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '#server/test/app.ts'
import { browserMissing, launchBrowser } from '#server/test/browser.ts'

interface BodySchema {
  readonly additionalProperties?: unknown
  readonly $ref?: string
  readonly anyOf?: readonly BodySchema[]
  readonly items?: BodySchema
}

interface Operation {
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly requestBody?: { content: Record<string, { schema: BodySchema }> }
  readonly responses: Record<string, { content?: Record<string, { schema?: object }> }>
}

let server: TestApp
let operations: { name: string; operation: Operation }[]
let browser: Browser | undefined

beforeAll(async () => {
  server = await testApp()
  if (browserMissing === null) browser = await launchBrowser()
  const { body } = await server.call<{ paths: Record<string, Record<string, Operation>> }>('GET', '/api/docs/json')
  operations = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
  )
})
afterAll(async () => {
  await browser?.close()
  await server.close()
})

test('each call says what it does, what it takes, what it gives, and how it fails', () => {
  expect(operations.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'post /api/workflows/{id}/execute',
      'get /api/runs/{id}/messages',
      'post /api/preview',
      'get /api/outbox',
    ]),
  )
  for (const { name, operation } of operations) {
    expect(operation.summary, name).toMatch(/\w/)
    expect(operation.tags, name).toHaveLength(1)
    const { '4XX': failed, '5XX': broken, ...good } = operation.responses
    // What is made where it is missing answers 201 then, and 200 else.
    expect(['200', '201', '202', '204', '200 201'], name).toContain(Object.keys(good).join(' '))
    for (const [status, answer] of Object.entries(good))
      if (status !== '204')
        expect(answer?.content?.[name.endsWith('.csv') ? 'text/csv' : 'application/json']?.schema, name).toBeTruthy()
    for (const error of [failed, broken])
      expect(error?.content?.['application/json']?.schema, name).toHaveProperty('properties.error')
    const takes = /^(post|put|patch) /.test(name)
    expect(operation.requestBody !== undefined, name).toBe(takes)
  }
})

test('no call takes fields that its docs do not name', () => {
  // What comes from another product is told part by part in the answer, and nothing of it is refused for its name.
  for (const { name, operation } of operations.filter((one) => one.name !== 'post /api/workflows/import')) {
    const schema = operation.requestBody?.content['application/json']?.schema
    // One, or a list of the same.
    for (const one of schema?.anyOf ?? (schema ? [schema] : [])) {
      const fields = one.items ?? one
      if (fields.$ref === undefined) expect(fields.additionalProperties, name).toBe(false)
    }
  }
})

test.skipIf(browserMissing !== null)('the pages draw under the policy of contents', async () => {
  await server.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.app.server.address() as { port: number } // it listens on a port
  const page = await (browser ?? (await launchBrowser())).newPage()
  const complaints: string[] = []
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`http://127.0.0.1:${port}/api/docs`)
  await page.getByText('/api/workflows/{id}/execute').waitFor()
  await page.getByText('/api/workflows/{id}/execute').click()
  await page.getByText('idempotency-key').first().waitFor()
  expect(complaints).toEqual([])
  await page.close()
})
