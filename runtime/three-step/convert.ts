import type { ImportNote } from '#schemas/three-step.ts'
import { SCHEMA_VERSION, type WorkflowDocument } from '#schemas/workflow.ts'
import { audienceOf, type Audience, type ListToStore } from './audience.ts'
import { writeBranch } from './branch.ts'
import type { ConvertOptions } from './convert-options.ts'
import { GraphWriter } from './graph.ts'
import { writeJunction, type Junction } from './junction.ts'
import { Notes } from './notes.ts'
import { pairsOf } from './pairs.ts'
import { readThreeStep } from './read.ts'
import type { Fields } from './read-fields.ts'
import type { Group } from './three-step.ts'
import { startStep } from './trigger.ts'

export interface Converted {
  readonly document: WorkflowDocument
  /** To be stored; their steps read the id that they get. */
  readonly lists: readonly ListToStore[]
  readonly notes: readonly ImportNote[]
}

/**
 * Makes a graph of a three-step workflow: a step for each group, a branch for each mapping. Never throws: what cannot be carried over is a
 * note, and what is not known yet an empty field, which is a problem of the draft.
 */
export function convertThreeStep(raw: Fields, options: ConvertOptions): Converted {
  const notes = new Notes()
  const read = readThreeStep(raw)
  const pairs = pairsOf(read, notes)
  const graph = new GraphWriter()
  const start = graph.add('start', startStep(read.trigger, notes), { column: 0, line: 0 })
  const groups = [...new Set(pairs.map(({ group }) => group))]
  const audiences = new Map(groups.map((group) => [group, readGroup(group, groups, options)]))
  const junction: Junction = writeJunction([...audiences.values()], { graph, start, notes, connection: options.connection })
  for (const template of new Set(pairs.map((pair) => pair.template))) {
    const own = pairs.filter((pair) => pair.template === template)
    const branches = own.flatMap(({ group, mapping }) => {
      const audience = audiences.get(group)
      return audience ? [{ audience, mapping }] : []
    })
    writeBranch({ template, branches, junction }, { graph, notes, ...options })
  }
  if (read.active)
    notes.warning({
      en: 'It was switched on where it comes from. Here it is a draft: check it, publish it and switch it on.',
      ko: '원래 켜져 있던 워크플로예요. 여기서는 초안이니 확인한 뒤 게시하고 켜 주세요.',
    })
  const document: WorkflowDocument = {
    schemaVersion: SCHEMA_VERSION,
    name: read.name,
    ...(read.description && { description: read.description }),
    ...graph.parts,
  }
  return { document, lists: junction.lists, notes: notes.all() }
}

function readGroup(group: Group, groups: readonly Group[], { dialect, columnsOf }: ConvertOptions): Audience {
  const isTwice = groups.some((one) => one !== group && one.name === group.name)
  const described = group.sql === null ? undefined : columnsOf?.(group.sql)
  return audienceOf(group, { name: isTwice ? `${group.name} (${group.id})` : group.name, dialect, described })
}
