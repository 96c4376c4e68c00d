import { entriesOf, type Entry } from './entries.ts'
import type { AudienceStage, Outlet, RowStage, SendStage, Stage, Wire } from './plan.ts'
import { above, waitedAbove, isChannel, isRead, isShaping, isWait, type Tree } from './tree.ts'

/**
 * Cuts the graph into stages. The audience takes all reshaping that needs no answers; a reshaping step behind one that asks makes a row
 * stage; what is left between a chunk and a channel belongs to the channel's send stage. Stages are in the order of their `no`,
 * the audience first. The graph obeys the placement rules.
 */
export function stagesOf(tree: Tree): { audience: AudienceStage; stages: Stage[] } {
  const inside = audienceNodes(tree)
  const stages = new Map<string, Stage>()
  const { wires, leaving } = wiresOf(tree, inside)
  const audience: AudienceStage = {
    kind: 'audience',
    no: tree.node(tree.sources[0] ?? '').no,
    sources: tree.sources,
    nodes: tree.ids.filter((id) => inside.has(id)),
    wires,
    outlets: follow(tree, leaving, { stages, after: null }),
  }
  return { audience, stages: [audience, ...[...stages.values()].toSorted((a, b) => a.no - b.no)] }
}

/** The nodes that see everybody before anybody has a number. */
export function audienceNodes(tree: Tree): ReadonlySet<string> {
  // An event is kept as it came, before any step looks at it: nothing that a step does can lose it.
  const isEvent = tree.sources.some((id) => tree.node(id).type.role === 'trigger')
  const shaping = isEvent
    ? []
    : tree.ids.filter(
        (id) =>
          isShaping(tree, id) &&
          [id, ...above(tree, id)].every((one) => !isRead(tree, one) && !isChannel(tree, one) && !isWait(tree, one)),
      )
  return new Set([...tree.sources, ...shaping, ...shaping.flatMap((id) => above(tree, id))])
}

/** Wires within a set of nodes, and those that lead out of it. */
export function wiresOf(tree: Tree, inside: ReadonlySet<string>): { wires: Wire[]; leaving: Wire[] } {
  const all = tree.ids.filter((id) => inside.has(id)).flatMap((id) => tree.wiresFrom(id))
  return { wires: all.filter(({ to }) => inside.has(to)), leaving: all.filter(({ to }) => !inside.has(to)) }
}

interface Way {
  /** By where they begin: what several ways lead into is made once. */
  readonly stages: Map<string, Stage>
  /** The channel that the way comes out of, its stage's line, and the port. */
  readonly after: { readonly channel: string; readonly port: string; readonly line: number } | null
}

/** The stages behind wires, made and added to `stages`, as outlets of what the wires come out of. */
function follow(tree: Tree, wires: readonly Wire[], way: Way): Outlet[] {
  const outlets = entriesOf(tree, wires).map((entry): Outlet => {
    const key = entry.map(({ to, toPort }) => `${to} ${toPort}`).join('\n')
    const known = way.stages.get(key)
    const stage = known ?? stageOf(tree, entry, way)
    way.stages.set(key, stage)
    return { from: entry[0].from, fromPort: entry[0].fromPort, stage: stage.no }
  })
  return outlets
}

function stageOf(tree: Tree, entry: Entry, way: Way): Stage {
  return entry.some(({ to }) => reshapes(tree, to)) ? rowStage(tree, entry, way) : sendStage(tree, entry[0], way)
}

/** Does a reshaping step stand in this branch before the next channel? */
function reshapes(tree: Tree, id: string): boolean {
  if (isChannel(tree, id)) return false
  return isShaping(tree, id) || tree.wiresFrom(id).some(({ to }) => reshapes(tree, to))
}

/**
 * All reshaping steps of a branch in one stage: new chunks are made once, however many of them there are. A merge of branches that parted
 * before stands in the stage of each: nobody is in two of them (`entriesOf` and the placement rules see to that). It ends at a channel, and
 * at a step that lets wait: what comes out of that one waits in chunks, and whatever follows is done when the time has come.
 */
function rowStage(tree: Tree, entries: Entry, way: Way): RowStage {
  const inside = new Set(entries.map(({ to }) => to).filter((id) => reshapes(tree, id)))
  for (const id of inside) for (const { to } of isWait(tree, id) ? [] : tree.wiresFrom(id)) if (reshapes(tree, to)) inside.add(to)
  const { wires, leaving } = wiresOf(tree, inside)
  const outlets = follow(tree, leaving, way)
  const taken = new Set([...way.stages.values()].map(({ no }) => no))
  const nos = entries.map(({ to }) => tree.node(to).no)
  return {
    kind: 'rows',
    no: nos.find((no) => !taken.has(no)) ?? Math.max(...nos),
    entries,
    nodes: tree.ids.filter((id) => inside.has(id)),
    wires,
    outlets,
    after: way.after && { channel: way.after.channel, port: way.after.port },
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
    outlets: tree
      .wiresFrom(at)
      .flatMap((wire) => follow(tree, [wire], { stages, after: { channel: at, port: wire.fromPort, line } })),
    line,
    after: after && { channel: after.channel, port: after.port },
    waited: waitedAbove(tree, at),
  }
}
