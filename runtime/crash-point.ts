import { readFileSync, renameSync } from 'node:fs'

/** Places at which a run may be interrupted; `npm run torture` dies at each of them. docs/torture.md says what each one proves. */
export const CRASH_POINTS = [
  'spooling', // some chunks of the audience are written, the audience is not complete
  'after-spool', // the audience is committed, nobody was asked to send it
  'before-claim', // nothing of a chunk is claimed
  'after-claim', // rows are claimed, nothing was called
  'after-freeze', // the answers of the queries are committed with the first claim
  'after-begin', // the provider's handle is committed, nothing was sent
  'mid-call', // the request is written, the answer has not come
  'after-accept', // the provider has accepted, nothing is recorded
  'after-record', // recorded, the next call has not begun
  'reshaping', // within the transaction of a stage that drops, forks or merges rows
  'applying-reports', // within the transaction that moves messages by reports
  'finishing', // within the transaction that ends a run
  'before-taking', // rows that came in are numbered, nothing of them is committed
  'mid-taking', // the statement that stores them is under way
  'after-taking', // they are committed, nobody was woken, the caller has no answer
] as const
export type CrashPoint = (typeof CRASH_POINTS)[number]

/** Dies or freezes here, if this is the place that ALIMFLOW_CRASH_POINT names; `afterMs`: that much later, while the next step is under way. */
export type Crash = (point: CrashPoint, afterMs?: number) => void

interface Order {
  readonly point: string
  readonly signal: 'SIGKILL' | 'SIGSTOP'
  readonly nth: number
}

/**
 * Makes the function for a setting: `name[:kill|stop[:nth]]`, or the full path of a file with such a line. A file is looked at each time
 * and is renamed (`….fired`) by the process that obeys it, so that of several processes exactly one does, once.
 * Without a setting it does nothing.
 * @param signal sends a signal to this process; for tests another one
 */
export function crashPoints(
  setting: string | undefined,
  signal: (name: Order['signal']) => void = (name) => process.kill(process.pid, name),
): Crash {
  if (!setting) return () => undefined
  const read = setting.startsWith('/') ? () => readOrder(setting) : () => setting
  const take = setting.startsWith('/') ? () => takeOrder(setting) : () => true
  let counting = ''
  let passed = 0
  return (point, afterMs) => {
    const text = read()
    const order = parse(text)
    if (order?.point !== point) return
    passed = counting === text ? passed + 1 : 1
    counting = text
    if (passed !== order.nth) return
    const obey = (): void => {
      if (take()) signal(order.signal)
    }
    if (afterMs === undefined) obey()
    else setTimeout(obey, afterMs)
  }
}

function parse(text: string): Order | null {
  // Words after the order tell one from another; nobody reads them.
  const [point = '', action = 'kill', nth = '1'] = (text.trim().split(' ')[0] ?? '').split(':')
  if (point === '') return null
  return { point, signal: action === 'stop' ? 'SIGSTOP' : 'SIGKILL', nth: Number(nth) }
}

function readOrder(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // no order now
  }
}

function takeOrder(file: string): boolean {
  try {
    renameSync(file, `${file}.fired`)
    return true
  } catch {
    return false // somebody else was first
  }
}

/** The one call at each place: a function that does nothing, unless the process was started to die. */
export const crashPoint: Crash = crashPoints(process.env['ALIMFLOW_CRASH_POINT'])
