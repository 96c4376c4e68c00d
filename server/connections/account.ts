import { isIP } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import type { Reach } from './reach.ts'

/** Where a database is and how it is read: a connection's settings and secrets, with every default filled in. */
export interface Account {
  readonly host: string
  /** A folder with a socket needs none. */
  readonly port?: number
  readonly database: string
  readonly user: string
  readonly password: string
  readonly tls?: 'off' | 'on' | 'verify'
  /** PEM of who signed the server's certificate; left out: whom Node trusts. */
  readonly ca?: string
  /** Name that the certificate must be for, where it is not the host's. */
  readonly serverName?: string
  /** Zone of the session: what `current_date` means. */
  readonly timezone: string
  readonly poolSize?: number
  /** Time-out of queries whose result is taken as a whole, in ms. */
  readonly queryTimeoutMs?: number
  /** Time-out of an audience, which is streamed, in ms; 0: none. */
  readonly streamTimeoutMs?: number
  /** Most rows of a query whose result is taken as a whole. */
  readonly mostRows?: number
  /** Which addresses may be reached; left out: any. */
  readonly reach?: Reach
}

export const DEFAULT_TIMEOUT_MS = 30_000

/** The name that a certificate is checked against; a name of the host, never an address, which a handshake may not ask for. */
export const nameToCheck = ({ host, serverName }: Account): string => (serverName ?? '').trim() || host

/** What Node's TLS needs; null: no TLS. `verify` checks the chain and the name. */
export function tlsOf(account: Account): ConnectionOptions | null {
  const { tls = 'off', ca = '' } = account
  if (tls === 'off') return null
  const name = nameToCheck(account)
  return {
    rejectUnauthorized: tls === 'verify',
    ...(ca.trim() !== '' && { ca }),
    ...(isIP(name) === 0 && !name.startsWith('/') && { servername: name }),
  }
}

/** Limits on a result that is taken as a whole, where the connection has its own. */
export const limitsOf = ({ mostRows }: Account): { rows?: number } => (mostRows === undefined ? {} : { rows: mostRows })
