import { useMutation, useQueryClient, useQuery } from '@tanstack/react-query'
import { readSampleAnew, tableSampleQuery } from '#editor/api/catalog.ts'
import { KeptAge } from '#editor/parts/kept-age.tsx'

/** How old the first rows of a table are, where they were kept; and asking for them anew. */
export function SampleAge({ connectionId, table }: { connectionId: string; table: string }) {
  const client = useQueryClient()
  const wanted = tableSampleQuery(connectionId, table)
  const { data } = useQuery({ ...wanted, enabled: false })
  const anew = useMutation({
    mutationFn: () => readSampleAnew(connectionId, table),
    onSuccess: (sample) => client.setQueryData(wanted.queryKey, sample),
  })
  if (data?.keptAt === undefined) return null
  return <KeptAge at={data.keptAt} busy={anew.isPending} onAnew={() => anew.mutate()} />
}
