import { AppError } from '#runtime/sdk/index.ts'
import { terminalLanguage } from '#server/start/language.ts'
import type { WorkflowPage } from '#schemas/api/workflows.ts'

interface Sent {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A running product, spoken to by its API. */
export interface ProductApi {
  /** Throws `product-unreachable`, or an Error with what the product said. */
  call<Answer>(method: 'GET' | 'POST' | 'PUT', path: string, sent?: Sent): Promise<Answer>
}

/** The product at an address; a token where its door asks for one (ALIMFLOW_TOKEN). */
export function productAt(url: string, token: string | undefined): ProductApi {
  const base = url.replace(/\/+$/, '')
  return {
    async call<Answer>(method: string, path: string, { body, headers }: Sent = {}) {
      const response = await fetch(`${base}${path}`, {
        method,
        headers: {
          'accept-language': terminalLanguage(),
          ...(token && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }).catch((error: unknown) => {
        const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
        throw new AppError('product-unreachable', { url: base, detail: cause })
      })
      const text = await response.text()
      if (response.ok) return JSON.parse(text) as Answer // shapes of schemas/api, written by the same version
      throw new Error(saidBy(text, response.status))
    },
  }
}

function saidBy(text: string, status: number): string {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: string; code?: string } }
    if (error?.message) return `${error.message} [${error.code ?? status}]`
  } catch {
    // Something else answers at this address.
  }
  return `HTTP ${status}: ${text.slice(0, 200)}`
}

interface Named {
  readonly id: string
  readonly name: string
}

/** All workflows of the product. */
export async function allWorkflows(api: ProductApi): Promise<Named[]> {
  const found: Named[] = []
  let cursor: string | null = null
  do {
    const page: WorkflowPage = await api.call(
      'GET',
      `/api/workflows?limit=500${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    found.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return found
}

/** The workflow of an id or a name; null: there is none. @throws AppError `workflow-name-unclear` */
export async function workflowCalled(api: ProductApi, wanted: string): Promise<Named | null> {
  const all = await allWorkflows(api)
  const byId = all.find(({ id }) => id === wanted)
  if (byId) return byId
  const byName = all.filter(({ name }) => name === wanted)
  if (byName.length > 1)
    throw new AppError('workflow-name-unclear', {
      name: wanted,
      count: byName.length,
      ids: byName.map(({ id }) => id).join(', '),
    })
  return byName[0] ?? null
}
