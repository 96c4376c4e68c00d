import type { AudienceStage, Plan, RowStage } from '#runtime/compile/plan.ts'
import { createFlow } from '#runtime/flow/flow.ts'
import { chunkOf, itemsOf, type ChunkRows, type Item } from './chunk.ts'
import type { ContextFor } from './sender.ts'

/** A step that can take a row once more for which it failed. */
export interface Rerunnable {
  readonly nodeId: string
  readonly stage: AudienceStage | RowStage
  readonly port: string
}

/**
 * Steps before the channels whose failed rows can go through them once more, by `node_no`. Not a source, and nothing with a step at or
 * behind it that judges the audience as a whole (duplicates, limits): alone, a row would pass there.
 */
export function rerunnableNodes(plan: Plan): ReadonlyMap<number, Rerunnable> {
  const found = new Map<number, Rerunnable>()
  for (const stage of plan.stages) {
    if (stage.kind === 'send') continue
    for (const nodeId of stage.nodes) {
      const node = plan.nodes[nodeId]
      const port = portInto(stage, nodeId)
      if (!node || port === null || behind(stage, nodeId).some((id) => plan.nodes[id]?.type.scope === 'audience')) continue
      found.set(node.no, { nodeId, stage, port })
    }
  }
  return found
}

function portInto(stage: AudienceStage | RowStage, nodeId: string): string | null {
  const entry = stage.kind === 'rows' ? stage.entries.find(({ to }) => to === nodeId) : undefined
  if (entry) return entry.toPort
  return stage.wires.find((wire) => wire.to === nodeId)?.toPort ?? null
}

/** A step and all that stand behind it within its stage, in topological order. */
function behind(stage: AudienceStage | RowStage, nodeId: string): string[] {
  const seen = new Set([nodeId])
  for (const id of seen) for (const wire of stage.wires) if (wire.from === id && stage.nodes.includes(wire.to)) seen.add(wire.to)
  return stage.nodes.filter((id) => seen.has(id))
}

/** What became of rows that went through a step once more: those that came out, by the stage they wait for. The rest failed again. */
export async function rerun(
  plan: Plan,
  { at, rows, context }: { at: Rerunnable; rows: ChunkRows; context: ContextFor },
): Promise<ReadonlyMap<number, ChunkRows>> {
  const { stage } = at
  const out = new Map<number, Item[]>()
  const flow = await createFlow({
    plan,
    nodes: behind(stage, at.nodeId),
    wires: stage.wires,
    outlets: stage.outlets,
    context: (nodeId) => context(nodeId, () => {}),
    sinks: {
      outlet(from, port, items) {
        for (const outlet of stage.outlets)
          if (outlet.from === from && outlet.fromPort === port)
            out.set(outlet.stage, [...(out.get(outlet.stage) ?? []), ...items])
      },
      failed: () => {},
      skipped: () => {},
    },
  })
  await flow.push(at.nodeId, at.port, itemsOf(rows))
  await flow.finish()
  return new Map([...out].map(([stageNo, items]) => [stageNo, chunkOf(items)]))
}
