/** Most points that a frame carries. */
const MOST = 120
/** Over so many ms the present speed is measured. */
const RATE_OVER_MS = 5_000

interface Sample {
  readonly at: number
  readonly sent: number
}

/**
 * How many messages went out when, as far as somebody watched: points of one second at first; when there are too many, two become one.
 * So a run of any length has at most 120 points.
 */
export class Series {
  #width = 1_000
  #points: { t: number; sent: number }[] = []
  #samples: Sample[] = []

  /** `sent` counts from the start of the run. */
  add(at: number, sent: number): void {
    const last = this.#samples.at(-1)
    this.#samples.push({ at, sent })
    while ((this.#samples[1]?.at ?? at) <= at - RATE_OVER_MS) this.#samples.shift()
    if (!last) return
    const end = Math.ceil(at / this.#width) * this.#width
    const point = this.#points.at(-1)
    const more = Math.max(0, sent - last.sent)
    if (point && point.t === end) point.sent += more
    else if (more > 0 || point) this.#points.push({ t: end, sent: more })
    if (this.#points.length > MOST) this.#halve()
  }

  /** Messages a second now; null: not watched for long enough. */
  rate(): number | null {
    const first = this.#samples[0]
    const last = this.#samples.at(-1)
    if (!first || !last || last.at - first.at < 500) return null
    return Math.round(((last.sent - first.sent) / (last.at - first.at)) * 10_000) / 10
  }

  points(): { t: string; sent: number }[] {
    return this.#points.map(({ t, sent }) => ({ t: new Date(t).toISOString(), sent }))
  }

  #halve(): void {
    this.#width *= 2
    const merged = new Map<number, number>()
    for (const { t, sent } of this.#points) {
      const end = Math.ceil(t / this.#width) * this.#width
      merged.set(end, (merged.get(end) ?? 0) + sent)
    }
    this.#points = [...merged].map(([t, sent]) => ({ t, sent }))
  }
}
