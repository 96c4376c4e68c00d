import { conceptsOf, wordsOf, type Concept } from './concepts.ts'

/** Kinds of values that are never each other: a name is no key, a day no amount. */
const APART: ReadonlySet<string> = new Set([
  'name', 'phone', 'email', 'address', 'key', 'count', 'average', 'amount', 'rate', 'date', 'status', 'url', 'period', 'balance',
  'consent', 'refusal', 'content',
]) // prettier-ignore

const weightOf = (concepts: readonly Concept[]): number => concepts.reduce((sum, { weight }) => sum + weight, 0)

/** Who writes "company" into a text means what it is called, not the key of it. */
const CALLED: Concept = { name: 'name', weight: 0.2, isThing: false }
const asWanted = (concepts: readonly Concept[]): readonly Concept[] =>
  concepts.length > 0 && concepts.every(({ isThing }) => isThing) ? [...concepts, CALLED] : concepts

/** 0–1 by what the words of a name mean that is looked for, and of one that is there. */
export function meantAlike(wanted: string, there: string): number {
  const [left, right] = [asWanted(conceptsOf(wanted)), conceptsOf(there)]
  if (left.length === 0 || right.length === 0) return 0
  const shared = left.filter(({ name }) => right.some((other) => other.name === name))
  const score = (2 * weightOf(shared)) / (weightOf(left) + weightOf(right))
  const kinds = (concepts: readonly Concept[]) => concepts.map(({ name }) => name).filter((name) => APART.has(name))
  const [leftKinds, rightKinds] = [kinds(left), kinds(right)]
  const differ = leftKinds.length > 0 && rightKinds.length > 0 && !leftKinds.some((kind) => rightKinds.includes(kind))
  // The number of a coupon is no other number.
  const ofAnother = left.some(({ isThing }) => isThing) && !shared.some(({ isThing }) => isThing)
  return score * (differ ? 0.5 : 1) * (ofAnother ? 0.6 : 1)
}

/** Edits that make one text of the other: put in, taken out, replaced, two neighbours exchanged. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      const exchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Infinity
      next.push(Math.min((row[j - 1] ?? 0) + (same ? 0 : 1), (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, exchanged))
    }
    before = row
    row = next
  }
  return row[b.length] ?? 0
}

/** Beyond this a name is no name, and comparing it letter by letter takes too long. */
const LONGEST = 64

/** 0–1 by how they are written; case, gaps and the form of Unicode do not matter. */
export function spelledAlike(a: string, b: string): number {
  const [left, right] = [wordsOf(a).join(''), wordsOf(b).join('')]
  if (left === '' || right === '') return 0
  if (left === right) return 1
  const longest = Math.max(left.length, right.length)
  // Two short words are a letter apart by chance.
  return longest > LONGEST || longest < 4 ? 0 : 1 - distance(left, right) / longest
}

/** Below this it is another word, not a slip of the pen. */
const SLIP = 0.6

/** How likely the name that is there is what is wanted: 0 (not at all) to 1, by what they mean or how they are written. */
export function likeness(wanted: string, there: string): number {
  const spelled = spelledAlike(wanted, there)
  return spelled === 1 ? 1 : Math.max(meantAlike(wanted, there) * 0.97, spelled < SLIP ? 0 : spelled * 0.9)
}
