import type { NodeChange } from '@xyflow/react'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { cardCorner, frameCorner } from '#editor/model/frames.ts'
import { readMark } from '#editor/model/marks.ts'

/** A frame, or a folded group's card, that is dragged takes its steps along: as far from where they stand in the draft as the frame is from its place there. */
export function dragsOfGroups(document: WorkflowDocument, changes: readonly NodeChange[]): NodeChange[] {
  const places = new Map(document.nodes.map(({ id, position }) => [id, position]))
  const moving = new Set(changes.flatMap((change) => (change.type === 'position' ? [change.id] : [])))
  return changes.flatMap((change) => {
    const mark = change.type === 'position' && change.position !== undefined ? readMark(change.id) : null
    const group = mark?.kind === 'group' ? document.groups?.find(({ id }) => id === mark.id) : undefined
    if (change.type !== 'position' || change.position === undefined || group === undefined) return []
    const inside = group.steps.filter((id) => places.has(id) && !moving.has(id))
    const corner = (group.folded === true ? cardCorner : frameCorner)(group.steps.flatMap((id) => places.get(id) ?? []))
    const [x, y] = [change.position.x - corner.x, change.position.y - corner.y]
    return inside.map((id): NodeChange => {
      const at = places.get(id) ?? { x: 0, y: 0 }
      const position = { x: at.x + x, y: at.y + y }
      return { id, type: 'position', position, ...(change.dragging === undefined ? {} : { dragging: change.dragging }) }
    })
  })
}
