import type { AudienceStage, Outlet, RowStage, SendStage, Stage, Wire } from './plan.ts'
import { isChannel, isRead, isShaping, type Tree } from './tree.ts'

/**
 * Cuts the tree into stages. The audience takes all reshaping that needs no answers; a reshaping step behind one that asks makes a row
 * stage; what is left between a chunk and a channel belongs to the channel's send stage. Stages are in the order of their `no`,
 * the audience first. The tree obeys the placement rules.
 */
export function stagesOf(tree: Tree): { audience: AudienceStage; stages: Stage[] } {
  // An event is kept as it came, before any step looks at it: nothing that a step does can lose it.
  const isEvent = tree.node(tree.source).type.role === 'trigger'
  const shaping = tree.ids.filter(
    (id) => isShaping(tree, id) && !hasAbove(tree, id, (one) => isRead(tree, one) || isChannel(tree, one)),
  )
  const inside = withAncestors(tree, isEvent ? [] : shaping)
  inside.add(tree.source)
  const stages: Stage[] = []
  const ids = tree.ids.filter((id) => inside.has(id))
  const { wires, leaving } = wiresOf(tree, inside)
  const audience: AudienceStage = {
    kind: 'audience',
    no: tree.node(tree.source).no,
    source: tree.source,
    nodes: ids,
    wires,
    outlets: leaving.map((wire) => follow(tree, wire, { stages, after: null })),
  }
  return { audience, stages: [audience, ...stages.toSorted((a, b) => a.no - b.no)] }
}

/** `node` itself counts, too. */
function hasAbove(tree: Tree, node: string, test: (id: string) => boolean): boolean {
  for (let id: string | undefined = node; id !== undefined && id !== tree.source; id = tree.wireInto(id)?.from)
    if (test(id)) return true
  return false
}

function withAncestors(tree: Tree, ids: readonly string[]): Set<string> {
  const all = new Set<string>()
  for (const start of ids)
    for (let id: string | undefined = start; id !== undefined && !all.has(id); id = tree.wireInto(id)?.from) all.add(id)
  return all
}

/** Wires within a set of nodes, and those that lead out of it. */
function wiresOf(tree: Tree, inside: ReadonlySet<string>): { wires: Wire[]; leaving: Wire[] } {
  const all = tree.ids.filter((id) => inside.has(id)).flatMap((id) => tree.wiresFrom(id))
  return { wires: all.filter(({ to }) => inside.has(to)), leaving: all.filter(({ to }) => !inside.has(to)) }
}

interface Way {
  readonly stages: Stage[]
  /** The channel that the way comes out of, its stage's line, and the port. */
  readonly after: { readonly channel: string; readonly port: string; readonly line: number } | null
}

/** The stage behind a wire, made and added to `stages`, as an outlet of what the wire comes out of. */
function follow(tree: Tree, entry: Wire, way: Way): Outlet {
  const stage = way.after === null && reshapes(tree, entry.to) ? rowStage(tree, entry, way) : sendStage(tree, entry, way)
  way.stages.push(stage)
  return { from: entry.from, fromPort: entry.fromPort, stage: stage.no }
}

/** Does a reshaping step stand in this branch before the next channel? */
function reshapes(tree: Tree, id: string): boolean {
  if (isChannel(tree, id)) return false
  return isShaping(tree, id) || tree.wiresFrom(id).some(({ to }) => reshapes(tree, to))
}

/** All reshaping steps of a branch in one stage: new chunks are made once, however many of them there are. */
function rowStage(tree: Tree, entry: Wire, way: Way): RowStage {
  const inBranch = tree.ids.filter(
    (id) => isShaping(tree, id) && (id === entry.to || hasAbove(tree, id, (one) => one === entry.to)),
  )
  const inside = new Set(
    [...withAncestors(tree, inBranch)].filter((id) => id === entry.to || hasAbove(tree, id, (one) => one === entry.to)),
  )
  const { wires, leaving } = wiresOf(tree, inside)
  return {
    kind: 'rows',
    no: tree.node(entry.to).no,
    entry,
    nodes: tree.ids.filter((id) => inside.has(id)),
    wires,
    outlets: leaving.map((wire) => follow(tree, wire, way)),
  }
}

/** A chain of steps that keep every row, down to one channel. */
function sendStage(tree: Tree, entry: Wire, { stages, after }: Way): SendStage {
  const nodes: string[] = []
  const wires: Wire[] = []
  let at = entry.to
  while (!isChannel(tree, at)) {
    const [next, other] = tree.wiresFrom(at)
    if (!next || other) throw new Error(`The step "${at}" reshapes rows and stands in a send stage`)
    nodes.push(at)
    wires.push(next)
    at = next.to
  }
  const { no } = tree.node(at)
  // `undelivered` continues the line; what was sent and goes on starts another one.
  const line = after?.port === 'undelivered' ? after.line : no
  return {
    kind: 'send',
    no,
    channel: at,
    entry,
    nodes,
    wires,
    reads: nodes.filter((id) => isRead(tree, id)),
    outlets: tree.wiresFrom(at).map((wire) => follow(tree, wire, { stages, after: { channel: at, port: wire.fromPort, line } })),
    line,
    after: after && { channel: after.channel, port: after.port },
  }
}
