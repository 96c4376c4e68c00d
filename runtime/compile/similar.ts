import type { Column } from '#schemas/column.ts'

/** Korean words of data people, and what such a column is usually called. Longer words first where one stands in another. */
const WORDS: readonly (readonly [korean: string, english: string])[] = [
  ['휴대폰', 'phone'], ['핸드폰', 'phone'], ['휴대전화', 'phone'], ['전화번호', 'phone'], ['전화', 'phone'], ['연락처', 'phone'],
  ['이메일', 'email'], ['메일', 'email'], ['이름', 'name'], ['성함', 'name'], ['성명', 'name'],
  ['고객', 'customer'], ['회원', 'member'], ['사용자', 'user'], ['회사', 'company'], ['업체', 'company'], ['기업', 'company'],
  ['매장', 'store'], ['상품', 'product'], ['제품', 'product'], ['주문', 'order'], ['결제', 'payment'], ['구독', 'subscription'],
  ['요금제', 'plan'], ['플랜', 'plan'], ['요금', 'fee'], ['금액', 'amount'], ['가격', 'price'], ['리뷰', 'review'], ['후기', 'review'],
  ['평점', 'rating'], ['별점', 'rating'], ['평균', 'average'], ['합계', 'total'], ['전체', 'total'], ['총', 'total'],
  ['건수', 'count'], ['개수', 'count'], ['갯수', 'count'], ['날짜', 'date'], ['일자', 'date'], ['기간', 'period'], ['시작', 'start'],
  ['종료', 'end'], ['만료', 'expire'], ['주소', 'address'], ['번호', 'number'], ['쿠폰', 'coupon'], ['포인트', 'point'], ['등급', 'grade'],
  ['상태', 'status'], ['링크', 'url'], ['명', 'name'], ['수', 'count'], ['일', 'date'],
] // prettier-ignore

/** Different words for one thing. */
const SAME: Readonly<Record<string, string>> = {
  contact: 'phone',
  mobile: 'phone',
  cell: 'phone',
  tel: 'phone',
  telephone: 'phone',
  cellphone: 'phone',
  mail: 'email',
  avg: 'average',
  mean: 'average',
  total: 'count', // total_reviews is the number of reviews; of an amount it adds nothing either way
  sum: 'count',
  cnt: 'count',
  num: 'number',
  no: 'number',
  qty: 'count',
  addr: 'address',
  star: 'rating',
  score: 'rating',
  corp: 'company',
  firm: 'company',
  link: 'url',
}

/** A name as words of one language and one spelling: NFC, lower case, snake, camel and Korean alike, no plural. */
function wordsOf(name: string): string[] {
  let text = name
    .normalize('NFC')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
  for (const [korean, english] of WORDS) text = text.replaceAll(korean, ` ${english} `)
  return text
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => (word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word))
    .map((word) => (Object.hasOwn(SAME, word) ? (SAME[word] ?? word) : word))
}

/** Edits that make one text of the other (insert, remove, replace). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/** Share of words that both have: 1 = all. */
function overlap(a: readonly string[], b: readonly string[]): number {
  const rest = [...b]
  let both = 0
  for (const word of a) {
    const at = rest.indexOf(word)
    if (at < 0) continue
    both += 1
    rest.splice(at, 1)
  }
  return (2 * both) / (a.length + b.length)
}

/** How much two names look like the same thing: 0 (nothing) to 1 (the same). */
export function similarity(a: string, b: string): number {
  if (a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase()) return 1
  const left = wordsOf(a)
  const right = wordsOf(b)
  if (left.length === 0 || right.length === 0) return 0
  const [leftText, rightText] = [left.join(''), right.join('')]
  if (leftText === rightText) return 0.98
  const longest = Math.max(leftText.length, rightText.length)
  const spelling = longest > 64 ? 0 : 1 - distance(leftText, rightText) / longest
  return Math.max(overlap(left, right) * 0.95, longest < 4 ? 0 : spelling * 0.9)
}

/** Below this a suggestion would be a guess into the blue. */
const GOOD_ENOUGH = 0.6

/**
 * The columns that look most like `name`, best first, by their own name or their friendly one. Also what suggests a column for a
 * variable of a mapping.
 */
export function similarColumns(name: string, columns: readonly Column[]): { column: Column; score: number }[] {
  return columns
    .filter(({ hidden }) => !hidden)
    .map((column) => ({
      column,
      score: Math.max(similarity(name, column.name), column.label === undefined ? 0 : similarity(name, column.label)),
    }))
    .filter(({ score }) => score >= GOOD_ENOUGH)
    .sort((a, b) => b.score - a.score)
}
