import { pino, type DestinationStream } from 'pino'
import type { Log } from '#runtime/sdk/index.ts'

const levels: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' }
const known = new Set(['level', 'time', 'msg', 'part', 'pid', 'hostname'])

/** For a person at a terminal: time, part, text, then the fields. Machines get the JSON line. */
function readable(line: string): string {
  // pino wrote the line a moment ago.
  const entry = JSON.parse(line) as Record<string, unknown> & { level: number; time: number; msg?: string; part?: string }
  const time = new Date(entry.time).toTimeString().slice(0, 8)
  const level = entry.level === 30 ? '' : ` ${levels[entry.level] ?? entry.level}`
  const fields = Object.entries(entry).flatMap(([name, value]) => (known.has(name) ? [] : [`${name}=${JSON.stringify(value)}`]))
  return (
    [`${time}${level}`, entry.part, entry.msg, ...fields].filter((part) => part !== undefined && part !== '').join(' · ') + '\n'
  )
}

const terminal: DestinationStream = { write: (line) => void process.stderr.write(readable(line)) }

/** What must never be in a log, wherever it stands in the fields. */
const secret = ['password', 'secret', 'token', 'apiKey', 'apiSecret', 'authorization', 'cookie', 'secretKey', 'databaseUrl']
const redact = secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

/** ALIMFLOW_LOG_LEVEL; a level that does not exist must not keep the product from starting: it is said and `info` is taken. */
function level(): string {
  const given = process.env.ALIMFLOW_LOG_LEVEL?.trim() || 'info'
  if (Object.values(levels).includes(given)) return given
  process.stderr.write(`ALIMFLOW_LOG_LEVEL=${given} is not a level: write debug, info, warn or error. info is used.\n`)
  return 'info'
}

/** The log of one part (`server`, `worker` …), on standard error: lines for people on a terminal, JSON lines otherwise. */
export function createLog(part: string): Log {
  const stream = process.stderr.isTTY ? terminal : pino.destination({ dest: 2, sync: true })
  const logger = pino({ level: level(), base: { part }, redact }, stream)
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
  }
}
