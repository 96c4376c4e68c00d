import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import type { ExecuteInput } from '#schemas/api/workflows.ts'
import { executeWorkflow } from '#editor/api/workflows.ts'

interface StartRun {
  readonly workflowId: string
  /** Before it starts: saves the draft, for example. Throws when it must not start. */
  readonly before: () => Promise<void>
}

/** Starts a run and goes to it. The same wish has the same key until it worked: a lost answer must not send everything twice. */
export function useStartRun({ workflowId, before }: StartRun) {
  const navigate = useNavigate()
  const wish = useRef({ text: '', key: '' })
  return useMutation({
    mutationFn: async (input: ExecuteInput) => {
      await before()
      const text = JSON.stringify(input)
      if (wish.current.text !== text) wish.current = { text, key: crypto.randomUUID() }
      return executeWorkflow(workflowId, input, wish.current.key)
    },
    onSuccess: async ({ runId }) => {
      wish.current = { text: '', key: '' }
      await navigate({ to: '/runs/$id', params: { id: runId } })
    },
  })
}
