import { isDeepStrictEqual } from 'node:util'
import type { NodeExample } from '#schemas/node.ts'
import { waitPort, WAITED_UNTIL } from '#runtime/flow/waits.ts'
import { portsOf, typeWith } from '#runtime/ports.ts'
import type { NodeType } from '#runtime/sdk/index.ts'
import { columnsOf, configOf, runExample, type ExampleOutput } from './example.ts'
import { notJson } from './json-safe.ts'
import type { NodeCheck } from './node-check.ts'

/** How long a step may go on after it was told to stop. */
const STOP_MS = 2000

/** What one example of a node type has to keep; those without rows have only a config. */
export function exampleChecks(type: NodeType, { example, number }: { example: NodeExample; number: number }): NodeCheck[] {
  const check = (en: string, ko: string, run: NodeCheck['run']): NodeCheck => ({
    name: { en: `example ${number} ${en}`, ko: `예 ${number}: ${ko}` },
    run: () => inWords(run),
  })
  const config = check('has a config that fits, and a line about it', '설정이 맞고 한 줄 설명이 있어요', () =>
    summaryFaults(type, example),
  )
  if (!example.in) return [config]
  return [
    config,
    check('has no problem', '문제가 없어요', () => problemsOf(type, example)),
    check('comes out as it says', '적힌 대로 나와요', async () =>
      differences(await runExample(type, example), example.out ?? {}),
    ),
    check('has the columns that were promised', '약속한 열이 있어요', () => columnFaults(type, example)),
    check('gives values that JSON can hold', 'JSON에 담을 수 있는 값이에요', async () =>
      notJson(await runExample(type, example)),
    ),
    check('comes out the same again, and row by row', '다시 해도, 한 행씩 해도 같아요', () => repeatFaults(type, example)),
    check('goes on with empty values', '빈 값이 있어도 멈추지 않아요', () => emptyFaults(type, example)),
    check('ends when it is told to stop', '멈추라고 하면 끝나요', () => stopFaults(type, example)),
  ]
}

/** A check that throws has found something: the mistake of the node is the sentence. */
async function inWords(run: NodeCheck['run']): Promise<readonly string[]> {
  try {
    return await run()
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

function summaryFaults(type: NodeType, example: NodeExample): string[] {
  const line = type.summary?.(configOf(type, example), {
    described: null,
    describeFailed: true,
    timezone: 'Asia/Seoul',
    connection: () => null,
    list: () => null,
  })
  return line
    ? (['en', 'ko'] as const).filter((language) => line[language].trim() === '').map((one) => `summary: no text in ${one}`)
    : []
}

function problemsOf(type: NodeType, example: NodeExample): string[] {
  const { problems = [] } = columnsOf(type, example)
  return problems.map(({ code, field }) => `columns() says: ${code}${field === undefined ? '' : ` at ${field}`}`)
}

const filled = (output: Readonly<Record<string, readonly unknown[]>>) =>
  Object.entries(output).filter(([, items]) => items.length > 0)

/** Where two outputs differ: port and row by name, so that nobody has to compare by eye. */
function differences(given: ExampleOutput, wanted: Readonly<Record<string, readonly unknown[]>>): string[] {
  const ports = new Set([...filled(wanted), ...filled(given)].map(([port]) => port))
  return [...ports].flatMap((port) => {
    const [has, wants] = [given[port] ?? [], wanted[port] ?? []]
    const count = has.length === wants.length ? [] : [`port "${port}": ${wants.length} wanted, ${has.length} came`]
    const rows = wants.flatMap((want, index) =>
      index >= has.length || isDeepStrictEqual(has[index], want)
        ? []
        : [`port "${port}", row ${index + 1}: wanted ${JSON.stringify(want)}, came ${JSON.stringify(has[index])}`],
    )
    return [...count, ...rows]
  })
}

async function columnFaults(type: NodeType, example: NodeExample): Promise<string[]> {
  const { out } = columnsOf(type, example)
  const given = await runExample(type, example)
  const ports = Object.entries(portsOf(typeWith(type, configOf(type, example))).out).filter(
    ([port, { kind }]) => kind === 'rows' && port !== 'failed',
  )
  return ports.flatMap(([port]) => {
    // Until when somebody waits rides on with the row, whatever the step says.
    const waited = waitPort(type) === port ? [WAITED_UNTIL] : []
    const names = [...(out[port] ?? []).map(({ name }) => name), ...waited].sort()
    // Rows of a `rows` port are records.
    const rows = (given[port] ?? []) as object[]
    return rows.flatMap((row, index) => {
      const has = Object.keys(row).sort()
      if (isDeepStrictEqual(has, names)) return []
      return [`port "${port}", row ${index + 1}: columns() promises ${names.join(', ')}; the row has ${has.join(', ')}`]
    })
  })
}

async function repeatFaults(type: NodeType, example: NodeExample): Promise<string[]> {
  const first = await runExample(type, example)
  const again = differences(await runExample(type, example), first).map((text) => `the second time: ${text}`)
  return [...again, ...differences(await runExample(type, example, { batch: 1 }), first).map((text) => `row by row: ${text}`)]
}

/** A throw would stop the whole step for everybody: one person's empty value must not. */
async function emptyFaults(type: NodeType, example: NodeExample): Promise<string[]> {
  const empty = (example.in ?? []).map((row) => Object.fromEntries(Object.keys(row).map((key) => [key, null])))
  try {
    await runExample(type, { ...example, in: empty })
    return []
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return [`empty values stop the whole step (${detail}): give null, or the row to "failed" with an AppError`]
  }
}

async function stopFaults(type: NodeType, example: NodeExample): Promise<string[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(resolve, STOP_MS, 'late')))
  // Giving up and giving the rows are both an end.
  const ended = runExample(type, example, { signal: AbortSignal.abort() }).then(
    () => 'ended',
    () => 'ended',
  )
  const how = await Promise.race([ended, late])
  clearTimeout(timer)
  return how === 'late' ? [`it was still at work ${STOP_MS / 1000} s after context.signal fired`] : []
}
