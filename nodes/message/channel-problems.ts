import type { Column } from '#schemas/column.ts'
import { eucKrBytes, unencodable, type Known, type NodeProblem, type TemplateContent } from '#runtime/sdk/index.ts'
import { contentProblems } from './content-problems.ts'

interface Channel {
  readonly config: { readonly connection: string; readonly address: string }
  readonly columns: readonly Column[]
  readonly known: Known
  readonly channel: string
}

/** Does the address column exist, and can the connection deliver on this channel? */
export function addressProblems({ config, columns, known, channel }: Channel): NodeProblem[] {
  const problems: NodeProblem[] = []
  if (config.address !== '' && !columns.some(({ name }) => name === config.address)) {
    problems.push({ code: 'unknown-column', fields: { column: config.address }, field: 'address' })
  }
  const connection = known.connection(config.connection)
  if (!connection?.channels.includes(channel)) {
    problems.push({
      code: 'connection-missing',
      fields: { connection: connection?.name ?? config.connection },
      field: 'connection',
    })
  }
  return problems
}

/** What is wrong with a channel's own text before any value is in it. */
export function ownTextProblems({
  content,
  columns,
  limit,
}: {
  content: TemplateContent
  columns: readonly Column[]
  limit: number
}): NodeProblem[] {
  const problems = contentProblems(content, columns, 'template/text')
  const fixed = content.body.replace(/#\{[^}\n]*\}|\{\{[^}\n]*\}\}/g, '')
  const strange = unencodable(`${content.title ?? ''}${fixed}`)
  if (strange.length > 0)
    problems.push({ code: 'text-not-encodable', fields: { characters: strange.slice(0, 10).join(' ') }, field: 'template/text' })
  const used = eucKrBytes(fixed)
  if (used > limit) problems.push({ code: 'text-too-long', fields: { used, unit: 'bytes', limit }, field: 'template/text' })
  return problems
}
