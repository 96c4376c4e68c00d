/** What a pasted address says, as settings and secrets of its kind. */
export interface ReadUrl {
  readonly kind: 'postgres' | 'mysql'
  readonly settings: Readonly<Record<string, unknown>>
  readonly password: string | null
}

export type UrlFault = { readonly fault: 'unreadable' | 'no-host' } | { readonly fault: 'unknown-kind'; readonly scheme: string }

const kinds: Readonly<Record<string, ReadUrl['kind']>> = {
  postgres: 'postgres',
  postgresql: 'postgres',
  mysql: 'mysql',
  mariadb: 'mysql',
}

/**
 * Reads `postgres://user:password@host:5432/database?sslmode=require` and its like, also with `jdbc:` before it and with a password that
 * holds unescaped `@`, `/` or `#`. What the address does not say is not in the settings.
 */
export function readUrl(text: string): ReadUrl | UrlFault {
  const found = /^(?:jdbc:)?([a-z][a-z0-9+.-]*):\/\/(.+)$/i.exec(text.trim().replace(/^["']|["']$/g, ''))
  if (found?.[1] === undefined || found[2] === undefined) return { fault: 'unreadable' }
  const scheme = found[1].toLowerCase()
  const kind = Object.hasOwn(kinds, scheme) ? kinds[scheme] : undefined
  if (kind === undefined) return { fault: 'unknown-kind', scheme }
  // The last @ ends the account: a password may hold one.
  const at = found[2].lastIndexOf('@')
  const account = at < 0 ? '' : found[2].slice(0, at)
  const place = /^(\[[^\]]+\]|[^:/?#]*)(?::(\d+))?(?:\/([^?#]*))?(?:\?([^#]*))?/.exec(found[2].slice(at + 1))
  const host = (place?.[1] ?? '').replace(/^\[|\]$/g, '')
  if (host === '') return { fault: 'no-host' }
  const query = new URLSearchParams(place?.[4] ?? '')
  const colon = account.indexOf(':')
  const user = decode(colon < 0 ? account : account.slice(0, colon)) || (query.get('user') ?? '')
  const password = (colon < 0 ? '' : decode(account.slice(colon + 1))) || (query.get('password') ?? '')
  const database = decode(place?.[3] ?? '')
  const tls = tlsOf(query)
  return {
    kind,
    settings: {
      host,
      ...(place?.[2] === undefined ? {} : { port: Number(place[2]) }),
      ...(database === '' ? {} : { database }),
      ...(user === '' ? {} : { user }),
      ...(tls === null ? {} : { tls }),
    },
    password: password === '' ? null : password,
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A lone % that was never escaped.
    return text
  }
}

/** The names of this wish differ by driver; the first that is there counts. */
function tlsOf(query: URLSearchParams): 'off' | 'on' | 'verify' | null {
  const mode = (query.get('sslmode') ?? query.get('ssl-mode') ?? query.get('sslMode') ?? query.get('ssl') ?? '').toLowerCase()
  // These take what the server offers, which we do not: the form's own choice stays.
  if (['', 'allow', 'prefer', 'preferred'].includes(mode)) return null
  if (['disable', 'disabled', 'false', '0', 'off'].includes(mode)) return 'off'
  return ['verify-full', 'verify-ca', 'verify_identity', 'verify_ca', 'strict'].includes(mode) ? 'verify' : 'on'
}
