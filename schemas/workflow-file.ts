import type { WorkflowDocument } from './workflow.ts'

/**
 * The document with its keys in the order in which people read them, whatever was added or taken away and whoever sent it: files of it are
 * compared line by line in git. Empty lists of notes and groups are left out.
 */
export function inOrder(document: WorkflowDocument): WorkflowDocument {
  const { $schema, schemaVersion, name, description, nodes, edges, groups, notes, settings } = document
  return {
    ...($schema === undefined ? {} : { $schema }),
    schemaVersion,
    name,
    ...(description ? { description } : {}),
    nodes,
    edges,
    ...(groups !== undefined && groups.length > 0 ? { groups } : {}),
    ...(notes !== undefined && notes.length > 0 ? { notes } : {}),
    ...(settings !== undefined && Object.keys(settings).length > 0 ? { settings } : {}),
  }
}

/** A workflow as the text of its file. */
export function workflowFileText(document: WorkflowDocument): string {
  const nodes = document.nodes.map(({ id, type, typeVersion, label, position, config }) => ({
    id,
    type,
    typeVersion,
    ...(label === undefined ? {} : { label }),
    position,
    config,
  }))
  const notes = document.notes?.map(({ id, text, color, position, size }) => ({
    id,
    text,
    ...(color === undefined ? {} : { color }),
    position,
    size,
  }))
  const groups = document.groups?.map(({ id, title, color, folded, steps }) => ({
    id,
    title,
    ...(color === undefined ? {} : { color }),
    ...(folded === undefined ? {} : { folded }),
    steps,
  }))
  const ordered = inOrder({
    ...document,
    nodes,
    ...(groups === undefined ? {} : { groups }),
    ...(notes === undefined ? {} : { notes }),
  })
  return `${JSON.stringify(ordered, null, 2)}\n`
}

/** A name for the file of a workflow, without its ending: letters and digits of the workflow's name. */
export function workflowFileName(name: string): string {
  return (
    name
      .normalize('NFC')
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '') || 'workflow'
  )
}
