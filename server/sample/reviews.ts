import { days, hours, instantAt, type Calendar } from './calendar.ts'
import type { Random } from './random.ts'
import { makeBody } from './review-bodies.ts'
import type { Cell } from './tables.ts'

export const reviewCount = 100_000
const weeks = 26

/** Last week at the first ten shops: reviews, their average, and how many wait for an answer. */
export const lastWeek: readonly { count: number; average: number; unanswered: number }[] = [
  { count: 128, average: 4.6, unanswered: 7 },
  { count: 12, average: 3.8, unanswered: 5 },
  { count: 0, average: 0, unanswered: 0 },
  { count: 64, average: 4.2, unanswered: 3 },
  { count: 31, average: 4.9, unanswered: 1 },
  { count: 210, average: 4.4, unanswered: 12 },
  { count: 22, average: 4.7, unanswered: 2 },
  { count: 45, average: 4.5, unanswered: 4 },
  { count: 17, average: 4.1, unanswered: 6 },
  { count: 9, average: 4.3, unanswered: 0 },
]

/** 100,000 reviews of half a year up to today, in the order of their numbers, not of their times. */
export function makeReviews(calendar: Calendar, companyCount: number, random: Random): Cell[][] {
  const reviews = lastWeek.flatMap((week, index) => reviewsOfLastWeek({ companyId: index + 1, ...week }, calendar, random))
  const pickCompany = byPopularity(companyCount, random)
  while (reviews.length < reviewCount) {
    const companyId = pickCompany()
    const created = whenWritten(companyId, calendar, random)
    const rating = random.pick([5, 5, 5, 5, 4, 4, 4, 3, 3, 2, 1])
    const repliedAt = random.chance(0.78)
      ? instantAt(Math.min(created + hours(random.between(1, 40)), calendar.today - 1000))
      : null
    reviews.push([companyId, rating, makeBody(rating, random), repliedAt, instantAt(created)])
  }
  return reviews.map((cells, index) => [index + 1, ...cells])
}

function reviewsOfLastWeek(
  week: { companyId: number; count: number; average: number; unanswered: number },
  calendar: Calendar,
  random: Random,
): Cell[][] {
  return ratingsFor(week.count, week.average).map((rating, index) => {
    const created = calendar.monday - days(random.between(1, 7)) + hours(random.between(9, 22)) + random.between(0, 3599) * 1000
    const repliedAt =
      index < week.unanswered ? null : instantAt(Math.min(created + hours(random.between(1, 8)), calendar.monday - 1000))
    return [week.companyId, rating, makeBody(rating, random), repliedAt, instantAt(created)]
  })
}

/** So many whole stars with this average (to one decimal), spread a little. */
function ratingsFor(count: number, average: number): number[] {
  const base = Math.floor(average)
  const above = Math.round(count * average) - count * base
  const ratings = Array.from({ length: count }, (_, index) => base + (index < above ? 1 : 0))
  // One star off a 4 and onto another: the sum stays.
  for (let low = count - 1, high = above; low > high + 1 && base < 5; low -= 9, high += 1) {
    ratings[low] = base - 1
    ratings[high] = base + 1
  }
  return ratings
}

/** A few shops get many reviews, many a few: weights fall as 1/√rank over a shuffled order. */
function byPopularity(companyCount: number, random: Random): () => number {
  const ends: number[] = []
  let sum = 0
  for (let index = 0; index < companyCount; index++) ends.push((sum += 1 / Math.sqrt(random.between(1, companyCount))))
  return () => {
    const wanted = random.next() * sum
    let [low, high] = [0, companyCount - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle] ?? 0) > wanted) high = middle
      else low = middle + 1
    }
    return low + 1
  }
}

/** Any hour a shop is open, in the last half year; the first ten shops have their last week already and nothing after it. */
function whenWritten(companyId: number, calendar: Calendar, random: Random): number {
  const fixed = companyId <= lastWeek.length
  const end = fixed ? calendar.monday - days(7) : calendar.today
  const day = end - days(random.between(1, weeks * 7))
  return day + hours(random.between(9, 22)) + random.between(0, 3599) * 1000
}
