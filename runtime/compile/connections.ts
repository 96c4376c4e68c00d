import type { FieldForm } from '#schemas/form.ts'
import type { Localized } from '#schemas/localized.ts'
import type { KnownConnection } from '#runtime/sdk/index.ts'
import type { Finding } from './finding.ts'
import type { Graph } from './graph.ts'
import type { GraphNode } from './graph-nodes.ts'
import { fieldsWithWidget } from './schema-text.ts'

type Lookup = (id: string) => KnownConnection | null

/** Do the connections that the nodes name exist, and can they do what is asked of them? Found by the forms: fields with the widget `connection`. */
export function connectionFindings(graph: Graph, lookup: Lookup): Finding[] {
  return [...graph.nodes.values()].flatMap((node) => ofNode(node, lookup))
}

function ofNode(node: GraphNode, lookup: Lookup): Finding[] {
  const { registered, config } = node
  if (!registered || !config) return []
  return fieldsWithWidget(registered.type.config, 'connection').flatMap(({ name, form }): Finding[] => {
    const id = config[name]
    if (typeof id !== 'string' || id === '') return []
    const at = { nodeId: node.id, field: name }
    const connection = lookup(id)
    if (!connection) return [{ ...at, code: 'connection-missing', fields: { connection: id } }]
    // A channel node delivers on its channel, whatever its form says.
    const needed = registered.type.channel
      ? { role: 'provider' as const, channel: registered.type.channel.name }
      : form.connection
    if (!needed || serves(connection, needed)) return []
    return [
      {
        ...at,
        code: 'connection-unfit',
        fields: { connection: connection.name, needed: neededText(needed, registered.type.title) },
      },
    ]
  })
}

function serves(connection: KnownConnection, needed: NonNullable<FieldForm['connection']>): boolean {
  if (connection.role !== needed.role) return false
  return needed.role !== 'provider' || connection.channels.includes(needed.channel)
}

function neededText(needed: NonNullable<FieldForm['connection']>, step: Localized): Localized {
  if (needed.role === 'database') return { en: 'a database', ko: '데이터베이스 연결' }
  if (needed.role === 'service') return { en: 'a connection by HTTP', ko: 'HTTP 연결' }
  return { en: `a service for "${step.en}"`, ko: `‘${step.ko}’에 쓸 발송 서비스` }
}
