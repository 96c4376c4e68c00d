import type { Column } from '#schemas/column.ts'
import type { Finding } from './finding.ts'

/** Names that would reach into the objects of the language itself, where rows are objects; and no name at all. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype', ''])

type PortColumns = Readonly<Record<string, readonly Column[]>>

/** Two columns of one name, and names that cannot be. Told at the node where they come up, once, not at each one behind it. */
export function columnNameFindings(
  nodeId: string,
  { inputs, outputs }: { inputs: PortColumns; outputs: PortColumns },
): Finding[] {
  const before = new Set(Object.values(inputs).flatMap(faults))
  const found = new Set(Object.values(outputs).flatMap(faults))
  return [...found]
    .filter((fault) => !before.has(fault))
    .map((fault) => {
      // What `faults` wrote a few lines below.
      const [code, column] = JSON.parse(fault) as [Finding['code'], string]
      return { code, nodeId, fields: { column } }
    })
}

function faults(columns: readonly Column[]): string[] {
  const seen = new Set<string>()
  return columns.flatMap(({ name }) => {
    const isDouble = seen.has(name)
    seen.add(name)
    if (isDouble) return [JSON.stringify(['duplicate-column', name])]
    return RESERVED.has(name) ? [JSON.stringify(['reserved-column', name])] : []
  })
}
