import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { ConnectionTest } from '#schemas/connection.ts'
import type { Preview } from '#schemas/preview.ts'
import type { Validation } from '#schemas/api/workflows.ts'
import type { Run } from '#schemas/run.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { startWorker } from '#server/worker/worker.ts'

// The product does not call loopback unless told to.
process.env['ALIMFLOW_ALLOW_PRIVATE_HTTP'] = '127.0.0.1'

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void

/** What the service answers; each test says. */
let answer: Answer = (_request, response) => response.end('[]')
const asked: { url: string; method: string; headers: IncomingMessage['headers'] }[] = []
let service: Server
let base = ''
let server: TestApp
let connection = ''
beforeAll(async () => {
  service = createServer((request, response) => {
    asked.push({ url: request.url ?? '', method: request.method ?? '', headers: request.headers })
    answer(request, response, new URL(request.url ?? '', base))
  })
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(service.address() as AddressInfo).port}`
  server = await testApp()
  const body = { name: 'CRM', kind: 'http', settings: { baseUrl: `${base}/v1` }, secrets: { key: 'top-secret' } }
  connection = (await server.call<{ id: string }>('POST', '/api/connections', { body })).body.id
})
beforeEach(() => {
  asked.length = 0
})
afterAll(async () => {
  await server.close()
  service.closeAllConnections()
  service.close()
})

const json =
  (value: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(typeof value === 'string' ? value : JSON.stringify(value))
  }

/** What was asked a moment ago is known: each question is another one. */
let asking = 0

function documentOf(config: object) {
  const node = (id: string, type: string, own: object) => ({ id, type, typeVersion: 1, position: { x: 0, y: 0 }, config: own })
  return {
    schemaVersion: 1,
    name: 'http',
    nodes: [
      node('start', 'manual-trigger', {}),
      node('people', 'http-source', { connection, path: '/people', maxPages: 100 + ++asking, ...config }),
    ],
    edges: [{ id: 'e', source: 'start', sourcePort: 'start', target: 'people', targetPort: 'start' }],
  }
}

const problemsOf = async (config: object = {}) => {
  const { body } = await server.call<Validation>('POST', '/api/validate', { body: { document: documentOf(config), fresh: true } })
  return body.problems.filter(({ nodeId }) => nodeId === 'people')
}
/** Codes and words of what is wrong. */
const faults = async (config: object = {}) =>
  (await problemsOf(config)).filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code}: ${message.en}`)
async function rowsOf(config: object = {}, limit = 100) {
  const { body } = await server.call<Preview>('POST', '/api/preview', { body: { document: documentOf(config), limit } })
  return body.nodes['people']?.out['rows']
}

test('a list becomes people: columns guessed from the first page, digits kept, the key sent and never shown', async () => {
  answer = json(
    '[{"no":1,"name":"김서연","phone":"01012345678","big":9007199254740993,"score":0.10,"ok":true,"day":"2026-11-27","at":"2026-11-27T09:00:00+09:00","tags":["a"]},{"no":2,"name":null,"phone":"","big":1,"score":2,"ok":false,"day":null,"at":null,"tags":null}]',
  )
  const rows = await rowsOf()
  expect(rows?.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'no integer',
    'name text',
    'phone text',
    'big decimal',
    'score decimal',
    'ok boolean',
    'day date',
    'at instant',
    'tags json',
  ])
  expect(rows?.rows[0]).toMatchObject({
    no: 1,
    phone: '010-****-5678',
    big: '9007199254740993',
    score: '0.10',
    ok: true,
    at: '2026-11-27T00:00:00.000Z',
    tags: ['a'],
  })
  expect(rows?.rows[1]).toMatchObject({ name: null, day: null })
  expect(asked[0]).toMatchObject({ url: '/v1/people', method: 'GET', headers: { authorization: 'Bearer top-secret' } })
  expect(await faults()).toEqual([])
  const guessed = (await problemsOf()).find(({ code }) => code === 'columns-guessed')
  expect(guessed).toMatchObject({
    code: 'columns-guessed',
    severity: 'info',
    fix: { config: { columns: expect.arrayContaining([{ name: 'no', type: 'integer' }]) as unknown } },
  })
  expect(JSON.stringify((await server.call('GET', `/api/connections/${connection}`)).body)).not.toContain('top-secret')
})

test.each([
  [
    'a page number',
    { paging: { by: 'page', size: 2, sizeParameter: 'size' } },
    ['/v1/people?page=1&size=2', '/v1/people?page=2&size=2', '/v1/people?page=3&size=2'],
  ],
  [
    'an offset',
    { paging: { by: 'offset', size: 2 } },
    ['/v1/people?offset=0&limit=2', '/v1/people?offset=2&limit=2', '/v1/people?offset=4&limit=2'],
  ],
  [
    'a cursor',
    { pointer: '/items', paging: { by: 'cursor', pointer: '/next', parameter: 'after' } },
    ['/v1/people', '/v1/people?after=2', '/v1/people?after=4'],
  ],
  ['the Link header', { paging: { by: 'link' } }, ['/v1/people', '/v1/people?after=2', '/v1/people?after=4']],
])('pages are turned by %s, until there are no more', async (_name, config, urls) => {
  answer = (request, response, url) => {
    const number = Number(url.searchParams.get('page') ?? 0)
    const from = number > 0 ? (number - 1) * 2 : Number(url.searchParams.get('offset') ?? url.searchParams.get('after') ?? 0)
    const items = [0, 1, 2, 3, 4].slice(from, from + 2).map((no) => ({ no }))
    const next = from + 2 < 5 ? from + 2 : null
    const link: Record<string, string> =
      next === null ? {} : { link: `<${base}/v1/people>; rel="first", <${base}/v1/people?after=${next}>; rel="next"` }
    json('pointer' in config ? { items, next } : items, 200, link)(request, response, url)
  }
  const columns = [{ name: 'no', type: 'integer' }]
  expect((await rowsOf({ ...config, columns }))?.rows).toEqual([0, 1, 2, 3, 4].map((no) => ({ no })))
  expect(asked.map(({ url }) => url)).toEqual(urls)
  asked.length = 0
  // A preview of three people asks for no page that it does not need.
  expect((await rowsOf({ ...config, columns }, 2))?.rows).toHaveLength(2)
  expect(asked.length).toBeLessThanOrEqual(2)
})

test.each(['/v1/people?after=2', '?after=2'])('a next page may be named without the host: %s', async (next) => {
  answer = (request, response, url) => {
    const isFirst = url.searchParams.get('after') === null
    const link: Record<string, string> = isFirst ? { link: `<${next}>; rel=next` } : {}
    json([{ no: isFirst ? 1 : 2 }], 200, link)(request, response, url)
  }
  const columns = [{ name: 'no', type: 'integer' }]
  expect((await rowsOf({ columns, paging: { by: 'link' } }))?.rows).toEqual([{ no: 1 }, { no: 2 }])
})

test.each<[string, Answer, object, string]>([
  ['no such path', json({ message: 'nope' }, 404), {}, 'http-status: The service answers 404. {"message":"nope"}'],
  [
    'another place',
    json('', 302, { location: 'http://elsewhere.example/' }),
    {},
    'http-status: The service answers 302. http://elsewhere.example/',
  ],
  ['a web page', json('<html>Sign in</html>'), {}, 'http-not-json: The answer is no JSON. It begins with: <html>Sign in</html>'],
  ['half an answer', json('[{"a":1},'), {}, 'http-not-json: The answer is no JSON. It begins with: [{"a":1},'],
  ['nothing', json(''), {}, 'http-not-json: The answer is no JSON. It begins with: –'],
  [
    'a list elsewhere',
    json({ data: { items: [] }, total: 3 }),
    {},
    'http-wrong-place: There is no list at "/". There is: { data: {…}, total: number }',
  ],
  [
    'a wrong pointer',
    json({ data: { items: [] } }),
    { pointer: '/data/people' },
    'http-wrong-place: There is no list at "/data/people". There is: { items: […] }',
  ],
])('%s is told, with what is there', async (_name, given, config, fault) => {
  answer = given
  expect(await faults(config)).toEqual([fault])
})

test('a busy service is asked again, and given up with what it said', async () => {
  let turn = 0
  answer = (request, response, url) =>
    (++turn < 3 ? json('busy', 503, { 'retry-after': '0' }) : json([{ a: 1 }]))(request, response, url)
  expect(await faults()).toEqual([])
  answer = json('too many', 429, { 'retry-after': '0' })
  expect((await faults())[0]).toContain('http-busy: The service answers 429')
})

test('a service that hangs up, or turns in circles, or gives without end, ends with a sentence', async () => {
  answer = (_request, response) => response.destroy()
  expect((await faults())[0]).toContain('node-failed')
  const columns = [{ name: 'a', type: 'integer' }]
  const previewed = async (config: object) =>
    (
      await server.call<{ error?: { code: string } } & Preview>('POST', '/api/preview', {
        body: { document: documentOf({ columns, ...config }), limit: 100 },
      })
    ).body
  answer = json({ items: [{ a: 1 }], next: 'again' })
  expect(JSON.stringify(await previewed({ pointer: '/items', paging: { by: 'cursor', pointer: '/next' } }))).toContain(
    'http-turns-in-circles',
  )
  let no = 0
  answer = (request, response, url) => json({ items: [{ a: 1 }], next: ++no })(request, response, url)
  expect(
    JSON.stringify(await previewed({ pointer: '/items', paging: { by: 'cursor', pointer: '/next' }, maxPages: 5 })),
  ).toContain('http-too-much')
  answer = json([{ a: 1 }, { a: 'one' }])
  expect(JSON.stringify(await previewed({}))).toContain('http-value-unfit')
})

test('the key goes to no other place, whatever a page says', async () => {
  const columns = [{ name: 'a', type: 'integer' }]
  const previewed = async (config: object) =>
    JSON.stringify(
      (await server.call('POST', '/api/preview', { body: { document: documentOf({ columns, ...config }), limit: 50 } })).body,
    )
  for (const path of ['http://evil.example/', '/../admin', `${base}/v2/people`]) {
    answer = json([{ a: 1 }])
    asked.length = 0
    expect(await previewed({ path }), path).toContain('http-elsewhere')
    expect(asked).toEqual([])
  }
  answer = json({ items: [{ a: 1 }], next: 'http://evil.example/next' })
  expect(await previewed({ pointer: '/items', paging: { by: 'cursor', pointer: '/next' } })).toContain('http-elsewhere')
})

test('POST is not asked before a run: the columns have to be said', async () => {
  answer = json([{ a: 1 }])
  expect((await faults({ method: 'POST' }))[0]).toContain('http-get-only')
  expect(await faults({ method: 'POST', columns: [{ name: 'a', type: 'integer' }] })).toEqual([])
  expect(asked).toEqual([])
})

test('a connection is tried, and used by no step that it does not fit', async () => {
  const tried = (body: object) => server.call<ConnectionTest>('POST', '/api/connections/test', { body })
  answer = json('no', 401)
  const input = {
    name: 'x',
    kind: 'http',
    settings: { baseUrl: base, testPath: '/me', header: 'X-Api-Key' },
    secrets: { key: 'k' },
  }
  expect((await tried(input)).body).toMatchObject({ ok: false, error: { code: 'http-status' } })
  expect(asked[0]).toMatchObject({ url: '/me', headers: { 'x-api-key': 'k' } })
  expect(asked[0]?.headers.authorization).toBeUndefined()
  answer = json({})
  expect((await tried(input)).body).toMatchObject({ ok: true, error: null })
  expect((await problemsOf({ connection: 'sample-shop' })).map(({ code }) => code)).toContain('connection-unfit')
})

test(
  'a run asks by POST, page by page, and everybody gets theirs; where a page fails nobody does',
  { timeout: 90_000 },
  async () => {
    const worker = await startWorker({
      databaseUrl: server.database.url,
      secretKey: Buffer.alloc(32, 7),
      sampleUrl: server.shop.url,
      log: quietLog(),
      onLost: () => undefined,
    })
    try {
      const config = {
        method: 'POST',
        body: '{"active":true}',
        columns: [{ name: 'phone', type: 'text' }],
        paging: { by: 'page', size: 1000 },
      }
      const draft = documentOf(config)
      const send = { connection: 'sandbox', address: 'phone', expiresAfter: 1440, template: { text: '안녕하세요' } }
      const document = {
        ...draft,
        nodes: [...draft.nodes, { id: 'sms', type: 'send-sms', typeVersion: 1, position: { x: 0, y: 0 }, config: send }],
        edges: [...draft.edges, { id: 'f', source: 'people', sourcePort: 'rows', target: 'sms', targetPort: 'messages' }],
      }
      const { body: workflow } = await server.call<{ id: string }>('POST', '/api/workflows', { body: document })
      const run = async (states: readonly string[]) => {
        const started = await server.call<{ runId: string }>('POST', `/api/workflows/${workflow.id}/execute`, { body: {} })
        return vi.waitFor(
          async () => {
            const { body } = await server.call<Run>('GET', `/api/runs/${started.body.runId}`)
            expect(states).toContain(body.state)
            return body
          },
          { timeout: 60_000, interval: 200 },
        )
      }
      answer = (request, response, url) => {
        const page = Number(url.searchParams.get('page'))
        const people = Array.from({ length: page < 3 ? 1000 : 5 }, (_, at) => ({ phone: `010${20_000_000 + page * 1000 + at}` }))
        json(people)(request, response, url)
      }
      expect(await run(['completed'])).toMatchObject({ recipients: 2005, outcomes: { delivered: 2005 }, lawHolds: true })
      expect(asked.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST'])
      answer = (request, response, url) =>
        url.searchParams.get('page') === '2'
          ? response.destroy()
          : json([{ phone: '01012345678' }, ...Array<object>(999).fill({ phone: null })])(request, response, url)
      const failed = await run(['failed'])
      expect(failed.outcomes['delivered'] ?? 0).toBe(0)
      expect(failed.reason?.code).toBe('node-failed')
    } finally {
      await worker.stop()
    }
  },
)
