import type { Column } from '#schemas/column.ts'

/** Words in a column's name that say: this is a person's own. English ones are whole words of the name, Korean ones may stand inside. */
const ENGLISH = new Set(
  (
    'phone phones mobile cell cellphone tel telephone contact contacts email mail address addr birthday birthdate dob ' +
    'passport resident ssn rrn receiver recipient fax kakaoid'
  ).split(' '),
)
const KOREAN = [
  '휴대폰', '핸드폰', '휴대전화', '전화', '연락처', '이메일', '메일', '주소', '생년월일', '생일', '주민', '여권', '성명', '성함',
  '고객명', '회원명', '수신자', '받는사람', '받는분', '보호자',
] // prettier-ignore

/** Whose `이름` is no person's. */
const OF_THINGS = /(상품|회사|업체|기업|제품|매장|지점|서비스|캠페인|플랜|쿠폰|파일|열)\s*이름/

/** A `name` is a person's unless the word before it says whose else it is. */
const OF_PEOPLE = new Set([
  '',
  'customer',
  'user',
  'member',
  'client',
  'person',
  'full',
  'first',
  'last',
  'family',
  'given',
  'real',
  'contact',
  'recipient',
  'receiver',
  'owner',
  'patient',
  'student',
  'parent',
])

/** Words of a name in lower case: `customerName`, `customer_name` and `Customer Name` alike. */
function words(name: string): string[] {
  return name
    .normalize('NFC')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** Does the name of a column say that its values belong to a person (address, number, name of a person, birthday)? A guess, on the careful side. */
export function looksPersonal(name: string): boolean {
  const parts = words(name)
  if (parts.some((part) => ENGLISH.has(part))) return !parts.includes('type') && !parts.includes('count')
  const at = parts.lastIndexOf('name')
  if (at >= 0 && at === parts.length - 1 && OF_PEOPLE.has(parts[at - 1] ?? '')) return true
  if (parts.length === 1 && ['username', 'fullname', 'customername', 'nickname'].includes(parts[0] ?? '')) return true
  const joined = parts.join('')
  if (KOREAN.some((word) => joined.includes(word))) return !joined.endsWith('수')
  return joined.endsWith('이름') && !OF_THINGS.test(name.normalize('NFC'))
}

/** Types whose values can name or reach a person. */
const TYPES = new Set<Column['type']>(['text', 'integer', 'json', 'date'])

/**
 * Columns with `personal` set where the source did not say and the name does. What is said stays as it is (`personal: false` is an
 * answer, too). Columns that need nothing are the same objects.
 */
export function markPersonal(columns: readonly Column[]): readonly Column[] {
  const marked = columns.map((column) =>
    column.personal === undefined && TYPES.has(column.type) && looksPersonal(column.name)
      ? { ...column, personal: true }
      : column,
  )
  return marked.some((column, index) => column !== columns[index]) ? marked : columns
}
