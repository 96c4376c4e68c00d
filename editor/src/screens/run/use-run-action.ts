import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Run } from '#schemas/run.ts'
import { runQuery } from '#editor/api/runs.ts'
import { toastDone, toastError } from '#editor/parts/toasts.ts'

interface RunActionOptions<Word> {
  readonly run: Pick<Run, 'id'>
  /** `word`: what the person said beside it, given to `mutate`. */
  readonly act: (runId: string, word: Word) => Promise<Run>
  /** What is said when it is done. */
  readonly done: string | ((word: Word) => string)
  /** After it was done or refused: closes the question, for example. */
  readonly after?: () => void
}

/** One change of a run's state by a person: the answer is shown at once, a refusal is said in the server's words. */
export function useRunAction<Word = void>({ run, act, done, after }: RunActionOptions<Word>) {
  const queries = useQueryClient()
  const { queryKey } = runQuery(run.id)
  return useMutation({
    mutationFn: (word: Word) => act(run.id, word),
    onSuccess: (answer, word) => {
      queries.setQueryData(queryKey, answer)
      toastDone(typeof done === 'string' ? done : done(word))
    },
    onError: (error) => {
      // Somebody else was quicker, or it went on: what is shown is not true any more.
      void queries.invalidateQueries({ queryKey })
      toastError(error)
    },
    onSettled: () => {
      after?.()
      void queries.invalidateQueries({ queryKey: ['run', run.id, 'messages'] })
    },
  })
}
