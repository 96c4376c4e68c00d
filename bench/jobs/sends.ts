import type { Line } from '../report.ts'
import { benchSends } from '../sends.ts'

/** Single sends over HTTP. */
export async function measureSends(): Promise<Line[]> {
  const sends = await benchSends()
  const common = { baseline: null, ratio: null, facts: { ...sends } }
  return [
    {
      job: 'single sends accepted, one a request',
      unit: 'messages/s',
      ours: sends.singlePerSecond,
      bar: '≥ 5,000',
      reached: sends.singlePerSecond >= 5000,
      ...common,
    },
    {
      job: 'single sends accepted, 100 a request',
      unit: 'messages/s',
      ours: sends.listPerSecond,
      bar: '≥ 5,000',
      reached: sends.listPerSecond >= 5000,
      ...common,
    },
    { job: 'single sends at 1,000/s, p95', unit: 'ms', ours: sends.p95Ms, bar: '≤ 50', reached: sends.p95Ms <= 50, ...common },
  ]
}
