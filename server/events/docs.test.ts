import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { projectFolder } from '#server/config.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { published } from './test/event-workflow.ts'

// What docs/events.md tells people to type is typed here.

let t: TestApp
let address: string
beforeAll(async () => {
  t = await testApp()
  address = await t.app.listen({ host: '127.0.0.1', port: 0 })
  const example = readFileSync(join(projectFolder, 'examples', 'welcome-message.json'), 'utf8')
  await published(t, JSON.parse(example) as WorkflowDocument)
})
afterAll(() => t.close())

const text = readFileSync(join(projectFolder, 'docs', 'events.md'), 'utf8')
const commands = [...text.matchAll(/```sh\n(curl[\s\S]*?)```/g)].map(([, command = '']) => command)

test('there are commands to try', () => expect(commands).toHaveLength(3))

test.each(commands)('%s', async (command) => {
  const { stdout } = await promisify(execFile)('sh', ['-c', command.replaceAll('http://127.0.0.1:3000', address)])
  const answer = JSON.parse(stdout) as { accepted?: number; items?: { id?: string; messages?: string[] }[] }
  expect(answer).toMatchObject({ accepted: expect.any(Number) })
  for (const { id, messages = [] } of answer.items ?? [])
    for (const message of id ? [id] : messages) {
      const found = await t.call<{ state: string }>('GET', `/api/messages/${message}`)
      expect(found.body.state).toBe('pending')
    }
  expect(answer.items?.flatMap(({ id, messages }) => id ?? messages ?? [])).toHaveLength(answer.accepted ?? 0)
})
