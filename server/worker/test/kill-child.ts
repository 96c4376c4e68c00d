// A worker process of its own, to be killed: node kill-child.ts, with its facts in the environment. Its provider posts to the parent.
import { request } from 'node:http'
import Type from 'typebox'
import { CallFailed, AppError, defineProvider, type SendResult, type Slice } from '#runtime/sdk/index.ts'
import { createPool } from '#server/database/connect.ts'
import { keyRing } from '#server/secrets/box.ts'
import type { OpenProvider } from '../engine-deps.ts'
import { waits } from './nodes.ts'
import { chain, people } from './people.ts'
import { startTestEngine, testLog } from './test-engine.ts'

const { KILL_DATABASE = '', KILL_KEY = '', KILL_SOCKET = '', KILL_PEOPLE = '0', KILL_LOOKUP, KILL_SLOW, KILL_WAIT } = process.env

function post(path: string, body: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: KILL_SOCKET, path, method: 'POST' }, (response) => {
      let text = ''
      response.on('data', (part: Buffer) => (text += part.toString()))
      response.on('end', () => resolve(JSON.parse(text)))
      response.on('error', reject)
    })
    call.on('error', (error) =>
      reject(new CallFailed('unknown', new AppError('provider-unknown', { provider: 'test', detail: error.message }))),
    )
    call.end(JSON.stringify(body))
  })
}

const type = defineProvider({
  kind: 'kill',
  title: { en: 'Kill', ko: '시험' },
  channels: ['alimtalk'],
  settings: Type.Object({}),
  secrets: Type.Object({}),
  limits: { batch: 100, timeoutMs: 5_000, listingLagMs: 500 },
  errors: {},
  open: () => session,
})
const session: OpenProvider['session'] = {
  validate: async () => ({}),
  // The parent answers with our own shapes.
  send: async (slice: Slice) =>
    (await post(
      '/send',
      slice.messages.map(({ key }) => key),
    )) as SendResult[],
  ...(KILL_LOOKUP && {
    lookup: async (slice: Slice) => {
      const found = (await post(
        '/lookup',
        slice.messages.map(({ key }) => key),
      )) as string[]
      return new Map(found.map((key) => [key, { state: 'sent', providerId: key } as const]))
    },
  }),
}

const pool = createPool({ url: KILL_DATABASE, log: testLog, max: 10 })
const plan = chain(
  { rows: people(Number(KILL_PEOPLE)), slowMs: Number(KILL_SLOW ?? 0) },
  KILL_WAIT ? { rows: [['wait', waits(Number(KILL_WAIT))]] } : {},
)
await startTestEngine({
  databaseUrl: KILL_DATABASE,
  pool,
  ring: keyRing(Buffer.from(KILL_KEY, 'hex')),
  plan: () => plan,
  provider: () => ({ type, session, name: 'vendor', settings: {} }),
  changed: () => null,
  tuning: {},
})
process.send?.('ready')
process.on('disconnect', () => process.exit(0))
