import type { Line } from '../report.ts'
import { spread } from '../stats.ts'
import type { Stage } from '../stage.ts'
import { measureWorkers } from './pairs.ts'

/** Peak memory of one worker that also spools: by rows, and beside the script's. */
export async function measureMemory(stage: Stage, { rows, rounds }: { rows: number; rounds: number }): Promise<Line[]> {
  const few: number[] = []
  const many: number[] = []
  const script: number[] = []
  for (let round = 1; round <= rounds; round++) {
    script.push((await stage.measure('baseline.ts', { BENCH_ROWS: String(rows) })).peakRssMb)
    few.push((await measureWorkers(stage, { env: { BENCH_ROWS: String(rows / 10) }, count: 1 })).peakRssMb)
    many.push((await measureWorkers(stage, { env: { BENCH_ROWS: String(rows) }, count: 1 })).peakRssMb)
    console.log(
      `memory, round ${round}: script ${script.at(-1)} MB · ${few.at(-1)} MB for a tenth of the rows, ${many.at(-1)} MB for all`,
    )
  }
  const beside = spread(many.map((mb, at) => mb / (script[at] ?? Number.NaN)))
  const growth = spread(many.map((mb, at) => mb / (few[at] ?? Number.NaN)))
  const ours = spread(many).median
  return [
    {
      job: `memory, ${rows} rows`,
      unit: 'MB',
      ours,
      baseline: spread(script).median,
      ratio: beside,
      bar: '≤ 1',
      reached: beside.median <= 1,
    },
    {
      job: `memory, ${rows} against ${rows / 10} rows`,
      unit: 'MB',
      ours,
      baseline: null,
      ratio: growth,
      bar: '≤ 1.3',
      reached: growth.median <= 1.3,
      facts: { mbForATenth: spread(few).median },
    },
  ]
}
