import { calendarOf } from '#server/sample/calendar.ts'
import { sampleTables, type Cell, type SampleTableName } from '#server/sample/tables.ts'
import type { SampleRows } from '#server/sample/rows.ts'

/** What one owner must get, worked out from the sample's rows without any part of the product that makes messages. */
export interface Expected {
  readonly customerId: number
  readonly to: string
  readonly alimtalk: string
  readonly lms: string
  /** Whether a Korean text message can carry it. */
  readonly fitsSms: boolean
}

/** Cells by the names of their columns. */
function records(rows: SampleRows, table: SampleTableName): Record<string, Cell>[] {
  const names = sampleTables[table].columns.map(({ name }) => name)
  return rows[table].map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? null])))
}

/** `01012345678` however somebody typed it; null: no mobile number. */
function mobile(typed: Cell): string | null {
  const digits = String(typed ?? '').replace(/\D/g, '')
  const national = digits.replace(/^82(?=10)/, '').replace(/^(?=10)/, '0')
  return /^010\d{8}$/.test(national) ? national : null
}

interface Week {
  count: number
  stars: number
  waiting: number
}

function lastWeekOf(rows: SampleRows, monday: number): Map<number, Week> {
  const weeks = new Map<number, Week>()
  for (const review of records(rows, 'reviews')) {
    const at = Date.parse(String(review['created_at']))
    if (at < monday - 7 * 86_400_000 || at >= monday) continue
    const week = weeks.get(Number(review['company_id'])) ?? { count: 0, stars: 0, waiting: 0 }
    week.count++
    week.stars += Number(review['rating'])
    if (review['replied_at'] === null) week.waiting++
    weeks.set(Number(review['company_id']), week)
  }
  return weeks
}

/** One decimal, half up, in whole numbers: no binary fraction gets a say. */
function average({ stars, count }: Week): string {
  const tenths = Math.floor((stars * 20 + count) / (2 * count))
  return `${Math.floor(tenths / 10)}.${tenths % 10}점`
}

function period(monday: number): string {
  const [from, to] = [-7, -1].map((days) => new Date(monday + days * 86_400_000 + 9 * 3_600_000)) as [Date, Date]
  const month = to.getUTCMonth() === from.getUTCMonth() ? '' : `${to.getUTCMonth() + 1}월 `
  return `${from.getUTCMonth() + 1}월 ${from.getUTCDate()}일 ~ ${month}${to.getUTCDate()}일`
}

/** Letters of a text that no carrier's table has: the sample's emoji, and accents of Latin letters. */
const strange = /[\p{Extended_Pictographic}\u00c0-\u00ff\u2013]/u

/** Everybody who gets the weekly report, in the order of the audience. */
export function expectedWeekly(rows: SampleRows, now: Date): Expected[] {
  const { monday } = calendarOf(now)
  const weeks = lastWeekOf(rows, monday)
  const seen = new Set<string>()
  const when = period(monday)
  return records(rows, 'customers').flatMap((customer): Expected[] => {
    const to = mobile(customer['contacts'] ?? null)
    if (customer['opted_out_at'] !== null || to === null || seen.has(to)) return []
    seen.add(to)
    const week = weeks.get(Number(customer['company_id'])) ?? { count: 0, stars: 0, waiting: 0 }
    const company = String(customer['company_name'])
    const rating = week.count === 0 ? '집계 전' : average(week)
    const alimtalk = `안녕하세요, ${company} 사장님!\n지난주 리뷰 소식을 전해드려요.\n\n· 새 리뷰 ${week.count}건\n· 평균 별점 ${rating}\n· 답글이 필요한 리뷰 ${week.waiting}건\n\n기간: ${when}`
    const lms =
      `[가게노트] ${company} 사장님, 지난주 리뷰 소식이에요.\n\n새 리뷰 ${week.count}건\n평균 별점 ${rating}\n답글이 필요한 리뷰 ${week.waiting}건\n기간 ${when}\n\n리포트 보기 https://gagenote.example/report`.normalize(
        'NFC',
      )
    return [{ customerId: Number(customer['id']), to, alimtalk, lms, fitsSms: !strange.test(company) }]
  })
}
