// Tiny node types for tests of the run: each does one thing that a run must cope with.
import Type from 'typebox'
import { AppError, defineNode, type Composed, type Message, type NodeType, type Row } from '#runtime/sdk/index.ts'

const words = (text: string) => ({ en: text, ko: text })
const common = { version: 1, icon: 'x', config: Type.Object({}), defaults: {}, examples: [] } as const
const same = (_config: unknown, inputs: Readonly<Record<string, readonly never[]>>) => ({ out: { rows: inputs['rows'] ?? [] } })

/** A value of these tests: text or number. */
const say = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Where the rows of a test's source come from; `dieAfter`: rows after which it breaks. */
export interface People {
  rows: Row[]
  dieAfter?: number
  /** Waits before each batch, ms. */
  slowMs?: number
}

export function source(people: People): NodeType {
  return defineNode({
    ...common,
    type: 'people',
    role: 'source',
    effect: 'read',
    scope: 'audience',
    title: words('people'),
    ports: { in: {}, out: { rows: 'rows' } },
    columns: () => ({ out: {} }),
    async *read(_config, context) {
      for (let from = 0; from < people.rows.length; from += 1000) {
        if (people.slowMs) await context.clock.sleep(people.slowMs, context.signal)
        context.signal.throwIfAborted()
        if (people.dieAfter !== undefined && from >= people.dieAfter) throw new AppError('source-broken', { rows: from })
        yield people.rows.slice(from, from + 1000).map((row) => ({ ...row }))
      }
    },
  })
}

/** Leaves out who opted out and who came before. */
export const leaveOut = defineNode({
  ...common,
  type: 'leave-out-test',
  role: 'transform',
  effect: 'pure',
  scope: 'audience',
  title: words('leave out'),
  ports: { in: { rows: 'rows' }, out: { rows: 'rows' } },
  columns: same as never,
  open() {
    const seen = new Set<unknown>()
    return {
      process(batch) {
        const rows: Row[] = []
        const skipped: { row: Row; reason: 'opted-out' | 'duplicate' }[] = []
        for (const row of batch) {
          if (row['opted_out'] === true) skipped.push({ row, reason: 'opted-out' })
          else if (seen.has(row['phone'])) skipped.push({ row, reason: 'duplicate' })
          else rows.push(row)
          seen.add(row['phone'])
        }
        return { rows, skipped }
      },
    }
  },
})

/** Chooses rows of the plan `pro`; the rest is no recipient. */
export const choose = defineNode({
  ...common,
  type: 'choose-test',
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  drops: true,
  title: words('choose'),
  ports: { in: { rows: 'rows' }, out: { matched: 'rows', rest: 'rows' } },
  columns: same as never,
  process: (batch) => ({
    matched: batch.filter((row) => row['plan'] === 'pro'),
    rest: batch.filter((row) => row['plan'] !== 'pro'),
  }),
})

/** Lets everybody wait so long. */
export function waits(ms: number): NodeType {
  return defineNode({
    ...common,
    type: 'wait-test',
    role: 'transform',
    effect: 'pure',
    scope: 'row',
    title: words('wait'),
    ports: { in: { rows: 'rows' }, out: { rows: 'rows' } },
    columns: same as never,
    wait: () => (_row, from) => ({ until: from + ms }),
  })
}

/** Asks something: adds a total, and counts how often it was asked. Fails for the name `no answer`. */
export function ask(asked: { rows: number }): NodeType {
  return defineNode({
    ...common,
    type: 'ask-test',
    role: 'transform',
    effect: 'read',
    scope: 'row',
    title: words('ask'),
    ports: { in: { rows: 'rows' }, out: { rows: 'rows' } },
    columns: same as never,
    process(batch, _config, context) {
      asked.rows += batch.length
      context.report({ statements: 1, databaseMs: 2 })
      const failed = batch.filter((row) => row['name'] === 'no answer')
      return {
        rows: batch
          .filter((row) => row['name'] !== 'no answer')
          .map((row) => ({ ...row, total: `${say(row['id'])} of ${asked.rows}` })),
        failed: failed.map((row) => ({ row, error: new AppError('query-failed', { detail: 'x' }) })),
      }
    },
  })
}

/** Makes a text; a row without a name fails. */
export const text = defineNode({
  ...common,
  type: 'text-test',
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  title: words('text'),
  ports: { in: { rows: 'rows' }, out: { messages: 'messages' } },
  columns: same as never,
  process(batch) {
    const messages: Message[] = []
    const failed: { row: Row; error: AppError }[] = []
    for (const row of batch) {
      if (row['name'] === null) failed.push({ row, error: new AppError('value-null', { variable: '이름', column: 'name' }) })
      else
        messages.push({
          row,
          template: null,
          variables: { 이름: say(row['name']) },
          parts: { body: `안녕하세요 ${say(row['name'])} ${say(row['total'] ?? '')}` },
        })
    }
    return { messages, failed }
  },
})

/** A channel over the connection of the same name. */
export function channel(name: 'alimtalk' | 'sms', expiresAfter = 1440): NodeType {
  return defineNode({
    ...common,
    type: `send-${name}-test`,
    role: 'channel',
    effect: 'send',
    scope: 'row',
    title: words(name),
    ports: { in: { messages: 'messages' }, out: { sent: 'messages', undelivered: 'messages' } },
    columns: same as never,
    channel: {
      name,
      addressKind: 'phone',
      address: () => 'phone',
      connection: () => name,
      expiresAfter: () => expiresAfter,
      ownText: () => false,
      open: () => ({
        compose(item): Composed {
          // The flow hands messages to a channel whose input is `messages`.
          const { parts, variables } = item as Message
          return {
            kind: name === 'sms' ? 'SMS' : 'ATA',
            parts,
            variables,
            length: { unit: 'bytes', used: 1, limit: 90, kind: 'SMS' },
          }
        },
      }),
    },
  })
}
