import type { Pool } from 'pg'
import type { Launch } from '#schemas/api/launch.ts'
import type { Plan, Wire } from '#runtime/compile/plan.ts'
import { portNumber } from '#runtime/run/ports.ts'

/** Where several lists were appended: how many came more than once, and the lists in the order in which the first one counts. */
export async function appendedOf(pool: Pool, { runNo, plan }: { runNo: string; plan: Plan }): Promise<Launch['appended']> {
  const merges = Object.values(plan.nodes).filter(({ type, config }) => type.merges?.(config as never) === 'append')
  const [{ type: first } = { type: null }] = merges
  if (!first) return []
  const { rows } = await pool.query<{ node_no: number; rows: number }>(
    'select node_no, sum(rows)::float8 as rows from run_node where run_no = $1 and port = $2 and node_no = any($3) group by 1',
    // The number of this port is the same for every type of step.
    [runNo, portNumber(first, 'skipped'), merges.map(({ no }) => no)],
  )
  return merges.flatMap(({ id, no }) => {
    const count = rows.find((row) => row.node_no === no)?.rows ?? 0
    return count === 0 ? [] : [{ nodeId: id, count, lists: listsInto(id, plan) }]
  })
}

/** Names of the sources that come to a step, in the order in which they are read. */
function listsInto(id: string, { audience, nodes }: Plan): string[] {
  const found = above(id, audience.wires)
  return audience.sources.filter((source) => found.has(source)).map((source) => nodes[source]?.label ?? source)
}

function above(id: string, wires: readonly Wire[]): ReadonlySet<string> {
  const found = new Set([id])
  // The set grows while it is walked.
  for (const at of found) for (const { from, to } of wires) if (to === at) found.add(from)
  return found
}
