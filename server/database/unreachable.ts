import { AppError } from '#runtime/sdk/index.ts'

/** Where a database address points, without name and password: `db.example.com:5432/alimflow`. Never throws. */
export function databaseHost(url: string): string {
  const socket = /[?&]host=([^&]+)/.exec(url)?.[1]
  if (socket) return decodeURIComponent(socket)
  try {
    const { host, pathname } = new URL(url)
    return host + pathname
  } catch {
    return 'DATABASE_URL'
  }
}

/** The start-up error for a database that could not be connected to, with what can be done about it. */
export function unreachable(url: string, error: unknown): AppError<'database-unreachable'> {
  return new AppError('database-unreachable', { host: databaseHost(url), detail: explain(error) }, { cause: error })
}

const advice: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Is the server running, and are host and port right?',
  ENOTFOUND: 'there is no machine of this name. Check the host.',
  EAI_AGAIN: 'the name could not be looked up. Check the network.',
  ETIMEDOUT: 'no answer in time. A firewall may be in the way.',
  ENOENT: 'there is no such socket. Is the server running?',
  '28P01': 'the password is not right.',
  '28000': 'this account may not connect. Check the name, pg_hba.conf and whether TLS is demanded.',
  '3D000': 'there is no database of this name. Create it first.',
  '53300': 'it has no free connections.',
  '57P03': 'it is starting up or shutting down. Try again in a moment.',
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // Several addresses of one name were tried: the reason of the first stands for all.
  if (error instanceof AggregateError && error.errors.length > 0) return explain(error.errors[0])
  const code = 'code' in error ? String(error.code) : ''
  const hint = advice[code]
  return hint ? `${hint} (${code})` : error.message
}
