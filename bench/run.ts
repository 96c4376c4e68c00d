// `npm run bench [-- job…]`: the product beside the hand-written script of ../shared/bench, by turns, in processes of their own, against
// one database and one fake provider. Prints a table and writes bench/results.json. docs/performance.md says how to read it.
// Settings: BENCH_ROWS (1,000,000), BENCH_PAIRS (5), BENCH_LANES (4), BENCH_PROF (folder for CPU profiles), ALIMFLOW_BENCH_BASELINE.
import { cpus, totalmem } from 'node:os'
import { measureGrouped } from './jobs/grouped.ts'
import { measureLatency } from './jobs/latency.ts'
import { measureMemory } from './jobs/memory.ts'
import { measurePairs } from './jobs/pairs.ts'
import { measureSearch } from './jobs/search.ts'
import { measureSends } from './jobs/sends.ts'
import { measureTables } from './jobs/tables.ts'
import { measureWatchers } from './jobs/watchers.ts'
import { report, type Line } from './report.ts'
import { openStage, type Stage } from './stage.ts'

const rows = Number(process.env['BENCH_ROWS'] ?? 1_000_000)
const pairs = Number(process.env['BENCH_PAIRS'] ?? 5)
const part = (share: number): number => Math.max(5000, Math.round(rows * share))

const jobs: Readonly<Record<string, (stage: Stage) => Promise<Line[]>>> = {
  bulk: (stage) => measurePairs(stage, { name: `${rows} rows, 1,000 a call`, rows, bars: { 1: 0.55, 2: 0.65 } }, pairs),
  query: (stage) =>
    measurePairs(
      stage,
      { name: `${part(0.3)} rows, one query`, rows: part(0.3), bars: { 1: 0.8 }, env: { BENCH_LOOKUP: '1' } },
      pairs,
    ),
  single: (stage) =>
    measurePairs(
      stage,
      {
        name: `${part(0.2)} rows, one a call`,
        rows: part(0.2),
        bars: { 1: 0.65 },
        env: { BENCH_BATCH: '1', BENCH_LANES: '100' },
      },
      pairs,
    ),
  memory: (stage) => measureMemory(stage, { rows, rounds: pairs }),
  latency: (stage) => measureLatency(stage),
  watchers: (stage) => measureWatchers(stage, { rows: part(0.2), rounds: pairs }),
  sends: () => measureSends(),
  grouped: () => measureGrouped({ rows: part(0.2), rounds: pairs }),
  tables: () => measureTables({ rows, rounds: pairs }),
  search: () => measureSearch({ messages: rows }),
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in jobs))
if (unknown.length > 0) {
  console.error(`There is no job ${unknown.join(', ')}. There are: ${Object.keys(jobs).join(', ')}`)
  process.exit(1)
}

const lines: Line[] = []
const stage = await openStage(rows)
try {
  for (const [name, measure] of Object.entries(jobs))
    if (asked.length === 0 || asked.includes(name)) lines.push(...(await measure(stage)))
} finally {
  await stage.close()
}
report(lines, {
  cpus: cpus().length,
  model: cpus()[0]?.model,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  rows,
  pairs,
})
