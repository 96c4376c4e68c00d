import { lookup as resolve, type LookupAddress } from 'node:dns'
import { BlockList, isIP, type LookupFunction, Socket, type SocketConnectOpts } from 'node:net'
import { AppError } from '#runtime/sdk/index.ts'
import { addRange, rangesOf } from '#server/egress/addresses.ts'

// Where no database is, and where a cloud tells secrets to whoever asks from inside: link-local, "this network", multicast, and the
// metadata services that are not link-local.
const NEVER =
  '0.0.0.0/8 169.254.0.0/16 224.0.0.0/4 255.255.255.255 100.100.100.200 168.63.129.16 ::/128 fe80::/10 ff00::/8 fd00:ec2::254'
const never = new BlockList()
for (const range of NEVER.split(' ')) addRange(never, range)

/** Which addresses databases may be at; private ones may, unlike those of HTTP. */
export interface Reach {
  /** A socket that connects to a host only at an address that was judged, so that a name cannot change its answer in between. */
  socket(): Socket
}

export interface ReachSettings {
  /** `ALIMFLOW_DATABASE_ALLOW`: if there, these only. */
  readonly allow?: string | undefined
  /** `ALIMFLOW_DATABASE_DENY`: these never. */
  readonly deny?: string | undefined
}

const isIn = (list: BlockList, address: string): boolean => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** @throws AppError `setting-invalid` for what is no address or range */
export function databaseReach({ allow, deny }: ReachSettings = {}): Reach {
  const only = (allow ?? '').trim() === '' ? null : rangesOf('ALIMFLOW_DATABASE_ALLOW', allow)
  const denied = rangesOf('ALIMFLOW_DATABASE_DENY', deny)
  const allows = (address: string): boolean =>
    !isIn(never, address) && !isIn(denied, address) && (only === null || isIn(only, address))
  const refusal = (host: string) => new AppError('connection-address', { host })

  const lookup: LookupFunction = (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return callback(error, '', 4)
      const usable = found.filter(({ address }) => allows(address))
      const first = usable[0]
      if (!first) return callback(refusal(host), '', 4)
      if (options.all) return callback(null, usable)
      callback(null, first.address, first.family)
    })
  }

  /** A folder with a socket is this machine, which a list of addresses that are allowed does not contain. */
  const refused = (host: string): boolean => (host.startsWith('/') ? only !== null : isIP(host) !== 0 && !allows(host))

  class JudgedSocket extends Socket {
    /** As drivers call it: `(port, host)`, `(path)` or `(options)`. */
    override connect(...given: unknown[]): this {
      const [first, host] = given
      const target = typeof first === 'object' && first !== null ? (first as SocketConnectOpts) : null
      const place = target
        ? 'path' in target
          ? target.path
          : (target.host ?? 'localhost')
        : typeof first === 'string' && first.startsWith('/')
          ? first
          : typeof host === 'string'
            ? host
            : 'localhost'
      if (refused(place)) {
        process.nextTick(() => this.destroy(refusal(place)))
        return this
      }
      if (place.startsWith('/')) return super.connect({ path: place })
      const port = target && 'port' in target ? target.port : Number(first)
      return super.connect({ port, host: place, lookup })
    }
  }
  return { socket: () => new JudgedSocket() }
}
