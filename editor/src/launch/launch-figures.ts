import type { Launch } from '#schemas/api/launch.ts'
import type { Run } from '#schemas/run.ts'

/** People whom nothing is sent to: left out by a step, or nothing can be made for them. */
export function leftOf(run: Pick<Run, 'excluded'>, launch: Pick<Launch, 'cannot'>): { excluded: number; cannot: number } {
  const excluded = Object.values(run.excluded).reduce((sum, count) => sum + count, 0)
  return { excluded, cannot: launch.cannot.reduce((sum, { count }) => sum + count, 0) }
}

/** Against the last run: how many more (or fewer, negative) the audience has; null: there was none. */
export function changeOf(run: Pick<Run, 'recipients'>, { last }: Pick<Launch, 'last'>): number | null {
  return last === null || run.recipients === null ? null : run.recipients - last.recipients
}

/** How it goes with the night: `bad` only where something calls itself an advertisement. */
export function nightOf({ night }: Pick<Launch, 'night'>): 'unknown' | 'free' | 'day' | 'bad' {
  if (night.ads === null) return 'unknown'
  if (night.ads === 0) return 'free'
  return night.touches ? 'bad' : 'day'
}

/** Connections that really send; empty: everything goes into the sandbox. */
export function realNames({ channels }: Pick<Launch, 'channels'>): string[] {
  return [...new Set(channels.filter(({ sandbox }) => !sandbox).map(({ connection }) => connection.name))]
}

/** What one message of each kind costs and how many of it go out; only what is known. */
export function costParts({ channels }: Pick<Launch, 'channels'>): { kind: string; price: number; count: number }[] {
  return channels
    .filter(({ fallback }) => !fallback)
    .flatMap(({ kinds, prices }) =>
      Object.entries(kinds).flatMap(([kind, count]) => {
        const price = prices[kind]
        return price === undefined ? [] : [{ kind, price, count }]
      }),
    )
}
