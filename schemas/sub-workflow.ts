/** The node type that stands for a whole workflow inside another one, and the two by which such a workflow says where it begins and ends. */
export const SUB_WORKFLOW = 'sub-workflow'
export const PART_INPUT = 'part-input'
export const PART_OUTPUT = 'part-output'

/** What these two become where the workflow stands inside another one. */
export const PART_ENTRY = 'part-entry'
export const PART_EXIT = 'part-exit'

/** The input of a step that is a workflow, and the port of the steps that stand for its beginning and its ends once it is unfolded. */
export const PART_PORT = 'rows'

/** Ids of inner steps are `outer/inner`: no id of a document holds this sign. */
const INSIDE = '/'

/** Id of a step inside a step. */
export const innerId = (outer: string, id: string): string => `${outer}${INSIDE}${id}`

/** The step of the drawn graph in which a step stands: itself, where it stands in none. */
export function outermost(id: string): string {
  const end = id.indexOf(INSIDE)
  return end < 0 ? id : id.slice(0, end)
}

/** Does this step stand inside the other one (or is it that one)? */
export function isWithin(id: string, outer: string): boolean {
  return id === outer || id.startsWith(outer + INSIDE)
}

/** Is it a workflow that others use inside, and that does not run by itself? */
export const isPart = ({ nodes }: { readonly nodes: readonly { readonly type: string }[] }): boolean =>
  nodes.some(({ type }) => type === PART_INPUT)
