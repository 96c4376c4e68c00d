import { AppError, type Http } from '#runtime/sdk/index.ts'

interface From {
  readonly kind: string
  readonly name: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/**
 * A service below its address. The key is added here and nowhere else, and only on the way to that address: a path, or an address that a page of the
 * answer names, leads to no other one.
 * @throws AppError `connection-missing`
 */
export function openService({ kind, name, settings, secrets }: From, http: Http): Http {
  if (kind !== 'http') throw new AppError('connection-missing', { connection: name })
  const base = new URL(`${textOf(settings['baseUrl']).replace(/\/+$/, '')}/`)
  const key = secrets['key'] ?? ''
  const header = textOf(settings['header']).toLowerCase()
  const own: Record<string, string> = key === '' ? {} : header === '' ? { authorization: `Bearer ${key}` } : { [header]: key }
  return {
    async request(options) {
      // A path begins below the address; what a page names may begin at the host.
      const isWhole = base.pathname !== '/' && options.url.startsWith(base.pathname)
      const target = new URL(isWhole ? options.url : options.url.replace(/^\/+/, ''), base)
      if (target.origin !== base.origin || !target.pathname.startsWith(base.pathname))
        throw new AppError('http-elsewhere', { url: `${target.origin}${target.pathname}` })
      return http.request({ ...options, url: target.href, headers: { accept: 'application/json', ...options.headers, ...own } })
    },
  }
}

/** Tries a service with its test path. @throws AppError `http-status` */
export async function probeService(service: Http, path: string, signal: AbortSignal): Promise<void> {
  const { status } = await service.request({ method: 'GET', url: path, signal })
  // Without a path of its own nobody knows what stands at the address itself.
  const isRefused = path === '' ? status === 401 || status === 403 : status >= 300
  if (isRefused) throw new AppError('http-status', { status, detail: '' })
}
