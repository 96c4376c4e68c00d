import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Settings } from '#schemas/api/settings.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { seedWorkspace } from './seed.ts'
import { DEFAULT_WORKSPACE } from './workspace.ts'

let server: TestApp
const seed = (sample: boolean) =>
  seedWorkspace(server.database.db, { box: server.parts.boxes.workspace, store: server.parts.store, sample })
const asNew = () => server.database.pool.query('truncate workspace cascade')
const settings = async () => (await server.call<Settings>('GET', '/api/settings')).body

beforeAll(async () => {
  server = await testApp()
})
afterAll(() => server.close())

test('the first start with the sample shop has a workflow to begin with, until somebody went past it', async () => {
  await asNew()
  await seed(true)
  const { welcome } = await settings()
  const opened = await server.call<{ document: { name: string } }>('GET', `/api/workflows/${welcome}`)
  expect(opened.body.document.name).toBe('주간 리뷰 리포트')

  const past = await server.call<Settings>('PUT', '/api/settings', { body: { welcome: null } })
  expect(past.body).toMatchObject({ welcome: null, name: 'Alimflow' })
  expect((await settings()).welcome).toBeNull()
  // Neither the next start nor a person can bring it back.
  await seed(true)
  expect((await settings()).welcome).toBeNull()
  expect((await server.call('PUT', '/api/settings', { body: { welcome } })).status).toBe(422)
})

test('a workflow that was deleted welcomes nobody', async () => {
  await asNew()
  await seed(true)
  const { welcome } = await settings()
  await server.call('DELETE', `/api/workflows/${welcome}`)
  expect((await settings()).welcome).toBeNull()
})

test('without the sample shop, and in a workspace that was there before, there is the list', async () => {
  await asNew()
  await seed(false)
  expect((await settings()).welcome).toBeNull()
  const { rows } = await server.database.pool.query('select welcome_workflow_id from workspace where id = $1', [
    DEFAULT_WORKSPACE,
  ])
  expect(rows).toEqual([{ welcome_workflow_id: null }])
})
