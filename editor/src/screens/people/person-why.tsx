import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { messageQuery, runQuery } from '#editor/api/runs.ts'
import { nodeTypesQuery } from '#editor/api/workflows.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { indexTypes } from '../run/run-graph.ts'
import { WhyPanel } from '../run/why-panel.tsx'

/** The "why" of the run page, with the run that the message belongs to. */
export function PersonWhy({ messageId, onClose }: { messageId: string; onClose: () => void }) {
  const message = useQuery(messageQuery(messageId))
  const runId = message.data?.runId
  const run = useQuery({ ...runQuery(runId ?? ''), enabled: runId !== undefined })
  const nodeTypes = useQuery(nodeTypesQuery)
  const types = useMemo(() => indexTypes(nodeTypes.data?.items ?? []), [nodeTypes.data])
  const failed = [message, run, nodeTypes].find(({ isError }) => isError)
  if (failed?.isError) return <ErrorNote error={failed.error} onRetry={() => void failed.refetch()} />
  if (run.data === undefined || nodeTypes.data === undefined) return <Skeleton height={320} m={18} radius={14} aria-busy />
  return <WhyPanel messageId={messageId} run={run.data} types={types} onClose={onClose} />
}
