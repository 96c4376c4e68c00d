import type { Line } from '../report.ts'
import { quantile } from '../stats.ts'
import type { Stage } from '../stage.ts'

/** Execute → first call of 1,000 recipients, warm, less the source's own time: 20 runs. */
export async function measureLatency(stage: Stage): Promise<Line[]> {
  const { times } = await stage.measure<{ times: number[] }>('product-latency.ts', { BENCH_PLATFORM: await stage.platform() })
  const median = quantile(times, 0.5)
  const p95 = quantile(times, 0.95)
  const facts = { runs: times.length, most: Math.round(Math.max(...times)) }
  const common = { unit: 'ms', baseline: null, ratio: null, facts }
  return [
    { job: 'execute to first call, median', ours: median, bar: '≤ 300', reached: median <= 300, ...common },
    { job: 'execute to first call, p95', ours: p95, bar: '≤ 800', reached: p95 <= 800, ...common },
  ]
}
