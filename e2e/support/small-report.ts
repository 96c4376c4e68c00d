import report from '../../examples/weekly-review-report.json' with { type: 'json' }
import type { Guards } from '#schemas/guards.ts'
import type { Product } from './product.ts'

interface SmallReport {
  readonly name: string
  /** People in the audience. */
  readonly people: number
  /** The provider it sends through. */
  readonly connection: string
  readonly guards?: Guards
}

/** The weekly report for a few people over one connection, without its fallback: who is refused stays refused. */
export function smallReport({ name, people, connection, guards }: SmallReport): object {
  const nodes = report.nodes
    .filter(({ id }) => id !== 'sms')
    .map((node) => {
      if (node.id === 'alimtalk') return { ...node, config: { ...node.config, connection } }
      const { config } = node
      return node.id === 'owners' && 'sql' in config
        ? { ...node, config: { ...config, sql: `${String(config.sql)}\nlimit ${people}` } }
        : node
    })
  return {
    ...report,
    name,
    nodes,
    edges: report.edges.filter(({ target }) => target !== 'sms'),
    settings: { ...report.settings, ...(guards === undefined ? {} : { guards }) },
  }
}

/** A sandbox of one test, which behaves as its settings say; its id. */
export async function addSandbox(product: Product, name: string, settings: object): Promise<string> {
  const body = { name, kind: 'sandbox', settings, secrets: {} }
  // The answer is schemas/connection.ts' Connection; its id is all we need.
  const made = (await product.api('POST', '/api/connections', body)) as { id: string }
  return made.id
}

/** Lets the sandbox behave another way from now on. */
export async function changeSandbox(product: Product, id: string, settings: object): Promise<void> {
  // schemas/connection.ts' Connection.
  const { name, kind, revision } = (await product.api('GET', `/api/connections/${id}`)) as {
    name: string
    kind: string
    revision: number
  }
  await product.api('PUT', `/api/connections/${id}`, { name, kind, settings, revision })
}
