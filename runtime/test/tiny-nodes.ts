import Type from 'typebox'
import { field } from '#schemas/form.ts'
import { AppError, defineNode, rowOf, type Message, type NodeType, type Row, type Value } from '#runtime/sdk/index.ts'

// Node types of a few lines each, for tests of the machinery: what a plugin author would write, and what goes wrong in such files.

const title = { en: 'Tiny', ko: '작은 단계' }
const shared = { version: 1, title, icon: 'box', defaults: {}, examples: [] } as const
const rowsInOut = { in: { rows: 'rows' }, out: { rows: 'rows' } } as const

export const tinyTrigger = defineNode({
  ...shared,
  type: 'tiny-trigger',
  role: 'trigger',
  effect: 'pure',
  scope: 'audience',
  title: { en: 'Start', ko: '시작' },
  ports: { in: {}, out: { start: 'start' } },
  config: Type.Object({}),
  columns: () => ({ out: { start: [] } }),
})

/** People from its own config; what it reads is what the config says. */
export const tinySource = defineNode({
  ...shared,
  type: 'tiny-source',
  role: 'source',
  effect: 'read',
  scope: 'audience',
  title: { en: 'People', ko: '받는 사람' },
  ports: { in: { start: 'start' }, out: { rows: 'rows' } },
  config: Type.Object({ rows: Type.Array(Type.Record(Type.String(), Type.Any())), breaksAfter: Type.Optional(Type.Integer()) }),
  columns: ({ rows }) => ({
    out: { rows: Object.keys(rows[0] ?? {}).map((name) => ({ name, type: 'text' })) },
  }),
  async *read({ rows, breaksAfter }, { maxRows }) {
    const wanted = rows.slice(0, maxRows)
    if (breaksAfter === undefined) yield wanted as Row[]
    else {
      yield wanted.slice(0, breaksAfter) as Row[]
      throw new AppError('source-broken', { rows: breaksAfter })
    }
  },
})

export const tinyFilter = defineNode({
  ...shared,
  type: 'tiny-filter',
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  drops: true,
  ports: { in: { rows: 'rows' }, out: { matched: 'rows', rest: 'rows' } },
  config: Type.Object({
    column: Type.String({ minLength: 1, ...field({ title: { en: 'Column', ko: '열' } }, { widget: 'column' }) }),
    is: Type.String(),
  }),
  columns: ({ column }, { rows = [] }) => ({
    out: { matched: rows, rest: rows },
    problems: rows.some(({ name }) => name === column) ? [] : [{ code: 'unknown-column', fields: { column }, field: 'column' }],
  }),
  process: (batch, { column, is }) => ({
    matched: batch.filter((row) => row[column] === is),
    rest: batch.filter((row) => row[column] !== is),
  }),
})

/** Brings lines together; what it keeps is told by nothing but its columns. */
export const tinyMerge = defineNode({
  ...shared,
  type: 'tiny-merge',
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  title: { en: 'Merge', ko: '합치기' },
  ports: { in: { rows: { kind: 'rows', many: true, keep: true } }, out: { rows: { kind: 'rows', keep: true } } },
  config: Type.Object({ mode: Type.Enum(['union', 'append']) }),
  merges: ({ mode }) => mode,
  columns: (_config, { rows = [] }) => ({ out: { rows } }),
  process: (batch) => ({ rows: batch }),
})

/** Outputs that its config names; rows go to the one of their plan. */
export const tinyBranch = defineNode({
  ...shared,
  type: 'tiny-branch',
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  title: { en: 'Branch', ko: '갈래' },
  ports: {
    in: { rows: { kind: 'rows', keep: true } },
    out: { rest: { kind: 'rows', keep: true } } as Record<string, { kind: 'rows'; keep: true }>,
    outFrom: { list: 'cases', kind: 'rows', keep: true },
  },
  config: Type.Object({ cases: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })) }),
  columns: ({ cases }, { rows = [] }) => ({
    out: Object.fromEntries([...cases.map(({ id }) => id), 'rest'].map((port) => [port, rows])),
  }),
  process(batch, { cases }) {
    const out: Record<string, (Row | Message)[]> = Object.fromEntries([...cases.map(({ id }) => [id, []]), ['rest', []]])
    for (const item of batch) {
      const { plan } = rowOf(item)
      out[typeof plan === 'string' && Object.hasOwn(out, plan) ? plan : 'rest']?.push(item)
    }
    return out
  },
})

/** Keeps the first of each value; needs everyone at once. */
export const tinyDedupe = defineNode({
  ...shared,
  type: 'tiny-dedupe',
  role: 'transform',
  effect: 'pure',
  scope: 'audience',
  ports: rowsInOut,
  config: Type.Object({ column: Type.String() }),
  columns: (_config, { rows = [] }) => ({ out: { rows } }),
  open({ column }) {
    const seen = new Set<unknown>()
    return {
      process(batch) {
        const rows: Row[] = []
        const skipped: { row: Row; reason: 'duplicate' }[] = []
        for (const row of batch) {
          if (seen.has(row[column])) skipped.push({ row, reason: 'duplicate' })
          else rows.push(row)
          seen.add(row[column])
        }
        return { rows, skipped }
      },
    }
  },
})

/** Gives everything at the end, in reverse. */
export const tinyReverse = defineNode({
  ...shared,
  type: 'tiny-reverse',
  role: 'transform',
  effect: 'pure',
  scope: 'audience',
  ports: rowsInOut,
  config: Type.Object({}),
  columns: (_config, { rows = [] }) => ({ out: { rows } }),
  open() {
    const kept: Row[] = []
    return {
      process(batch) {
        kept.push(...batch)
        return {}
      },
      finish: () => ({ rows: kept.toReversed() }),
    }
  },
})

/** Adds a column with a fixed answer; `fails` names the value of `name` whose row fails. Its columns come from `describe`. */
export const tinyAsk = defineNode({
  ...shared,
  type: 'tiny-ask',
  role: 'transform',
  effect: 'read',
  scope: 'row',
  title: { en: 'Ask', ko: '조회' },
  ports: rowsInOut,
  config: Type.Object({
    connection: Type.String({
      minLength: 1,
      ...field({ title: { en: 'Connection', ko: '연결' } }, { widget: 'connection', connection: { role: 'database' } }),
    }),
    sql: Type.String({ minLength: 1, ...field({ title: { en: 'Query', ko: '조회문' } }, { widget: 'sql' }) }),
    fails: Type.Optional(Type.String()),
  }),
  columns: (_config, { rows = [] }, { described }) => ({ out: described ? { rows: [...rows, ...described.columns] } : {} }),
  async describe({ connection, sql }, _inputs, context) {
    const shape = await (await context.connection(connection)).describe(sql)
    return { columns: shape.columns, parameters: shape.parameters }
  },
  process(batch, { fails }, context) {
    const { described } = context
    context.report({ statements: 1, databaseMs: 1 })
    const added = Object.fromEntries((described?.columns ?? []).map(({ name }) => [name, 3]))
    return {
      rows: batch.filter((row) => row.name !== fails).map((row) => ({ ...row, ...added })),
      failed: batch
        .filter((row) => row.name === fails)
        .map((row) => ({ row, error: new AppError('query-failed', { detail: 'no' }) })),
    }
  },
})

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '')
}

const mapped = Type.Object({ column: Type.String({ ...field({ title: { en: 'Column', ko: '열' } }, { widget: 'column' }) }) })

/** `variables: { name: { column } }`: a text column per variable. */
export const tinyMapping = defineNode({
  ...shared,
  type: 'tiny-mapping',
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  title: { en: 'Mapping', ko: '변수 채우기' },
  ports: rowsInOut,
  config: Type.Object({
    variables: Type.Record(Type.String(), mapped, field({ title: { en: 'Variables', ko: '변수' } }, { widget: 'mapping' })),
  }),
  summary: ({ variables }) => ({
    en: `${Object.keys(variables).length} variables`,
    ko: `변수 ${Object.keys(variables).length}개`,
  }),
  columns({ variables }, { rows = [] }) {
    const known = new Set(rows.map(({ name }) => name))
    const names = Object.keys(variables)
    return {
      out: {
        rows: [
          ...rows.filter(({ name }) => !names.includes(name)),
          ...names.map((name) => ({ name, type: 'text', variable: true }) as const),
        ],
      },
      problems: Object.entries(variables).flatMap(([variable, { column }]) =>
        known.has(column) ? [] : [{ code: 'unknown-column', fields: { column }, field: `variables/${variable}/column` } as const],
      ),
    }
  },
  process: (batch, { variables }) => ({
    rows: batch.map((row) => ({
      ...row,
      ...Object.fromEntries(
        Object.entries(variables).flatMap(([name, { column }]) => (column in row ? [[name, textOf(row[column])]] : [])),
      ),
    })),
  }),
})

const HOLE = /#\{([^}]+)\}/g

export const tinyTemplate = defineNode({
  ...shared,
  type: 'tiny-template',
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  title: { en: 'Text', ko: '글' },
  ports: { in: { rows: 'rows' }, out: { messages: 'messages' } },
  config: Type.Object({
    text: Type.String({ minLength: 1, ...field({ title: { en: 'Text', ko: '글' } }, { widget: 'template' }) }),
    code: Type.Optional(Type.String()),
  }),
  text: ({ text }) => ({ body: text }),
  columns({ text, code }, { rows = [] }) {
    const filled = new Set(rows.filter(({ variable }) => variable).map(({ name }) => name))
    const wanted = [...text.matchAll(HOLE)].map(([, name = '']) => name)
    return {
      out: { messages: rows },
      form: code ? 'kakao' : 'text',
      problems: wanted.flatMap((variable) =>
        filled.has(variable) ? [] : [{ code: 'variable-not-mapped', fields: { variable }, field: 'text' } as const],
      ),
    }
  },
  process: (batch, { text, code }) => ({
    messages: batch.map((row) => {
      const variables: Record<string, string> = {}
      const body = text.replace(HOLE, (hole, name: string) => {
        if (typeof row[name] !== 'string') return hole
        variables[name] = row[name]
        return row[name]
      })
      return {
        row,
        template: null,
        variables,
        parts: { body },
        ...(code && { kakao: { templateCode: code, channelId: '@shop' } }),
      }
    }),
  }),
})

const sendConfig = Type.Object({
  connection: Type.String({
    minLength: 1,
    ...field(
      { title: { en: 'Connection', ko: '연결' } },
      { widget: 'connection', connection: { role: 'provider', channel: 'sms' } },
    ),
  }),
  address: Type.String({
    minLength: 1,
    ...field({ title: { en: 'Number', ko: '번호' } }, { widget: 'column', prefer: 'phone' }),
  }),
  text: Type.Optional(Type.String()),
})

function tinyChannel(name: string, form: 'text' | 'kakao'): NodeType {
  return defineNode({
    ...shared,
    type: `tiny-${name}`,
    role: 'channel',
    effect: 'send',
    scope: 'row',
    title: { en: `Send ${name}`, ko: `${name} 보내기` },
    ports: { in: { messages: 'messages' }, out: { sent: 'messages', undelivered: 'messages' } },
    config: sendConfig,
    columns: (_config, inputs) => {
      const columns = inputs.messages ?? []
      return { out: { sent: columns, undelivered: columns }, form }
    },
    channel: {
      name,
      addressKind: 'phone',
      address: ({ address }) => address,
      connection: ({ connection }) => connection,
      expiresAfter: () => 60,
      ownText: ({ text }) => text !== undefined,
      open: ({ text }) => ({
        compose(item) {
          const parts = text === undefined && 'parts' in item ? (item.parts as { body: string }) : { body: text ?? '' }
          if (parts.body.includes('BAD')) return new AppError('text-empty', {})
          return {
            kind: name,
            parts,
            variables: 'variables' in item ? (item.variables as Record<string, string>) : {},
            length: { unit: 'characters', used: parts.body.length, limit: 100, kind: name },
          }
        },
      }),
    },
  })
}

export const tinySms = tinyChannel('sms', 'text')
export const tinyAlimtalk = tinyChannel('alimtalk', 'kakao')

/** Lets everybody wait for an hour. */
export const tinyWait = defineNode({
  ...shared,
  type: 'tiny-wait',
  role: 'transform',
  effect: 'pure',
  scope: 'row',
  title: { en: 'Wait', ko: '기다리기' },
  ports: {
    in: { rows: { kind: 'rows', keep: true } },
    out: { after: { kind: 'rows', keep: true }, past: { kind: 'rows', keep: true } },
  },
  config: Type.Object({}),
  columns: (_config, { rows = [] }) => ({ out: { after: rows, past: rows } }),
  wait: () => (_row, from) => ({ until: from + 3_600_000 }),
})

export const tinyNodes: readonly NodeType[] = [
  tinyWait,
  tinyTrigger,
  tinySource,
  tinyFilter,
  tinyMerge,
  tinyBranch,
  tinyDedupe,
  tinyReverse,
  tinyAsk,
  tinyMapping,
  tinyTemplate,
  tinySms,
  tinyAlimtalk,
]
