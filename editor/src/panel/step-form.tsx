import { useMemo } from 'react'
import { useSession, useView } from '#editor/canvas/session-context.ts'
import { ConfigForm } from '#editor/forms/config-form.tsx'
import { FormSurroundingsProvider } from '#editor/forms/form-context.ts'
import { asFormSchema } from '#editor/forms/form-schema.ts'
import { FocusAskProvider } from '#editor/forms/use-focus-ask.ts'
import { setField } from '#editor/model/session.ts'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { WorkflowNode } from '#schemas/workflow.ts'
import { SavedBar } from '#editor/saved/saved-bar.tsx'
import { useSurroundings } from './use-surroundings.ts'

interface StepFormProps {
  readonly node: WorkflowNode
  readonly type: NodeDescriptor
  /** Fields that are not shown here. */
  readonly leaveOut?: readonly string[]
}

/** What a step is set to, with all that is known around it: columns, problems, values of the person shown. */
export function StepForm({ node, type, leaveOut = [] }: StepFormProps) {
  const session = useSession()
  const surroundings = useSurroundings(node, type)
  const focus = useView((state) => state.focus)
  const ask = useMemo(() => (focus?.nodeId === node.id ? { field: focus.field, turn: focus.turn } : null), [focus, node.id])
  return (
    <FormSurroundingsProvider value={surroundings}>
      <FocusAskProvider value={ask}>
        <SavedBar node={node} />
        <ConfigForm
          schema={asFormSchema(type.configSchema)}
          value={node.config}
          leaveOut={leaveOut}
          onChange={(name, value) => setField(session, node.id, { name, value })}
        />
      </FocusAskProvider>
    </FormSurroundingsProvider>
  )
}
