import type { Line } from '../report.ts'
import { benchSearch } from '../search.ts'

/** One number over all runs. */
export async function measureSearch({ messages }: { messages: number }): Promise<Line[]> {
  const found = await benchSearch({ messages })
  return [
    {
      job: 'search for one number over all runs, p95',
      unit: 'ms',
      ours: found.p95Ms,
      baseline: null,
      ratio: null,
      bar: '≤ 300',
      reached: found.p95Ms <= 300,
      facts: { ...found },
    },
  ]
}
