import { talkTo } from '../process-talk.ts'
import type { Line } from '../report.ts'
import { spread } from '../stats.ts'
import { WORKER_FLAGS, type Measured, type Stage } from '../stage.ts'

export interface PairJob {
  readonly name: string
  readonly rows: number
  /** Least ratio of the medians' messages a second, by number of workers. */
  readonly bars: Readonly<Record<number, number>>
  readonly env?: Readonly<Record<string, string>>
}

interface Round {
  readonly script: Measured
  readonly workers: ReadonlyMap<number, Measured>
}

/** Script and product by turns, `pairs` times; one line for each number of workers. */
export async function measurePairs(stage: Stage, job: PairJob, pairs: number): Promise<Line[]> {
  const counts = Object.keys(job.bars).map(Number)
  const rounds: Round[] = []
  for (let pair = 1; pair <= pairs; pair++) {
    const env = { BENCH_ROWS: String(job.rows), ...job.env }
    const script = await stage.measure('baseline.ts', env)
    const workers = new Map<number, Measured>()
    for (const count of counts) workers.set(count, await measureWorkers(stage, { env, count }))
    rounds.push({ script, workers })
    console.log(
      `${job.name}, round ${pair}: script ${short(script)}${counts.map((count) => said(count, workers.get(count), script)).join('')}`,
    )
  }
  return counts.map((count) => line(job, { rounds, count }))
}

function said(count: number, measured: Measured | undefined, script: Measured): string {
  return measured
    ? ` · ${count} worker${count > 1 ? 's' : ''} ${short(measured)}, ${(measured.perSecond / script.perSecond).toFixed(2)}`
    : ''
}

function short({ perSecond, cpuMicros, peakRssMb }: Measured): string {
  return `${perSecond}/s ${cpuMicros.toFixed(1)} µs ${peakRssMb} MB`
}

function line({ name, bars, rows }: PairJob, { rounds, count }: { rounds: readonly Round[]; count: number }): Line {
  const ours = rounds.flatMap(({ workers }) => workers.get(count) ?? [])
  const ratio = spread(rounds.map(({ script }, at) => (ours[at]?.perSecond ?? 0) / script.perSecond))
  const bar = bars[count] ?? 0
  return {
    job: `${name}, ${count} worker${count > 1 ? 's' : ''}`,
    unit: 'messages/s',
    ours: spread(ours.map(({ perSecond }) => perSecond)).median,
    baseline: spread(rounds.map(({ script }) => script.perSecond)).median,
    ratio,
    cpuRatio: spread(rounds.map(({ script }, at) => script.cpuMicros / (ours[at]?.cpuMicros ?? Number.NaN))),
    rssMb: spread(ours.map(({ peakRssMb }) => peakRssMb)).median,
    baselineRssMb: spread(rounds.map(({ script }) => script.peakRssMb)).median,
    bar: `≥ ${bar}`,
    reached: ratio.median >= bar,
    facts: { rows, rounds: rounds.length },
  }
}

interface Joined {
  readonly cpuMicrosInAll: number
  readonly peakRssMb: number
}

/** One run on a platform of its own, by as many worker processes; CPU time is that of all of them, memory that of the largest. */
export async function measureWorkers(
  stage: Stage,
  { env, count }: { env: Readonly<Record<string, string>>; count: number },
): Promise<Measured> {
  const platform = await stage.platform()
  const all = { ...env, BENCH_PLATFORM: platform }
  const more = Array.from({ length: count - 1 }, () =>
    talkTo('product-more.ts', { env: { ...stage.env, ...all }, flags: WORKER_FLAGS }),
  )
  for (const one of more) await one.line()
  const measured = await stage.measure('product.ts', all)
  const others: Joined[] = []
  for (const one of more) {
    one.child.kill('SIGTERM')
    others.push(JSON.parse(await one.line()) as Joined) // our own process prints it
  }
  const cpu = others.reduce((sum, one) => sum + one.cpuMicrosInAll, 0)
  return {
    ...measured,
    cpuMicros: measured.cpuMicros + cpu / measured.messages,
    peakRssMb: Math.max(measured.peakRssMb, ...others.map((one) => one.peakRssMb)),
  }
}
