import type { Column } from '#schemas/column.ts'

/** Words that name the same thing in Korean texts and in database columns. Both sides are compared by these as well as by spelling. */
const SAME_THING: readonly (readonly string[])[] = [
  ['회사', '상호', '상호명', '가게', '업체', 'company', 'shop', 'store', 'business'],
  ['이름', '성함', '고객명', '고객', 'name', 'nm', 'customer', '상호', '상호명', '회사명', '가게명', '업체명'],
  // Nobody is called by it: keeps a key behind the column that has the name.
  ['아이디', 'id', 'uuid', 'key'],
  ['휴대폰', '전화', '전화번호', '연락처', '번호', 'phone', 'mobile', 'contacts', 'contact', 'tel'],
  ['이메일', '메일', 'email', 'mail'],
  ['리뷰', '후기', 'review', 'reviews'],
  ['수', '건수', '개수', 'count', 'total', 'number', 'cnt'],
  ['평균', 'average', 'avg', 'mean'],
  ['별점', '평점', '점수', 'rating', 'score', 'stars'],
  ['답글', '미답변', '답변', 'reply', 'replies', 'replied', 'unanswered'],
  ['필요', 'need', 'needs', 'needed'],
  ['기간', '주간', '주', 'week', 'period', 'range'],
  ['금액', '결제금액', '요금', 'amount', 'price', 'fee'],
  ['날짜', '일자', '일', 'date', 'day'],
  ['기한', '만료', '마감', 'due', 'expiry', 'expires', 'until'],
  ['요금제', '플랜', 'plan'],
  ['새', '신규', 'new'],
]

function wordsOf(name: string): string[] {
  return name
    .normalize('NFC')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** Groups of meaning that a name touches; Korean words are written together, so a group also counts where one of its words is contained. */
function meaningsOf(name: string): Set<number> {
  const words = wordsOf(name)
  const joined = words.join('')
  const found = new Set<number>()
  SAME_THING.forEach((group, number) => {
    const touches = group.some((word) => words.includes(word) || (/\p{Script=Hangul}{2,}/u.test(word) && joined.includes(word)))
    if (touches) found.add(number)
  })
  return found
}

function pairs(text: string): string[] {
  const letters = Array.from(text)
  return letters.slice(0, -1).map((letter, index) => letter + letters[index + 1])
}

/** 0–1 by shared pairs of letters (Dice). */
function spelledAlike(a: string, b: string): number {
  const left = wordsOf(a).join('')
  const right = wordsOf(b).join('')
  if (left === right) return 1
  const [first, second] = [pairs(left), pairs(right)]
  if (first.length === 0 || second.length === 0) return 0
  const rest = [...second]
  let shared = 0
  for (const pair of first) {
    const place = rest.indexOf(pair)
    if (place >= 0) {
      shared += 1
      rest.splice(place, 1)
    }
  }
  return (2 * shared) / (first.length + second.length)
}

function meanAlike(a: string, b: string): number {
  const [left, right] = [meaningsOf(a), meaningsOf(b)]
  if (left.size === 0 || right.size === 0) return 0
  const shared = [...left].filter((group) => right.has(group)).length
  return shared / Math.max(left.size, right.size)
}

/** 0–1: how likely does this column mean that variable? Its name and its friendly name count, the better one wins. */
export function likeness(variable: string, column: Pick<Column, 'name' | 'label'>): number {
  const names = column.label === undefined ? [column.name] : [column.name, column.label]
  return Math.max(...names.map((name) => Math.max(spelledAlike(variable, name), meanAlike(variable, name) * 0.9)))
}

/** Do the names mean the same rather than look the same? That is what a person is told as the reason of a guess. */
export function meantAlike(variable: string, column: Pick<Column, 'name' | 'label'>): boolean {
  const names = column.label === undefined ? [column.name] : [column.name, column.label]
  return names.some((name) => meanAlike(variable, name) * 0.9 > spelledAlike(variable, name))
}

/** Below this a guess would be a nuisance. */
const WORTH_OFFERING = 0.45

/** The columns that may be meant, best first. */
export function suggestColumns(variable: string, columns: readonly Column[]): Column[] {
  return columns
    .map((column) => ({ column, score: likeness(variable, column) }))
    .filter(({ score }) => score >= WORTH_OFFERING)
    .toSorted((a, b) => b.score - a.score)
    .map(({ column }) => column)
}
