import type { CatalogColumn } from '#schemas/catalog.ts'
import { normalizeEmail, normalizePhone } from '#schemas/phone.ts'

const PHONE =
  /(^|[^a-z])(phone|mobile|cell|cellphone|hp|tel|telephone|contacts?)([^a-z]|$)|휴대폰|핸드폰|휴대전화|전화번호|연락처/u
const EMAIL = /(^|[^a-z])(e[-_ ]?mail)([^a-z]|$)|이메일|메일 ?주소/u

/** `homePhone`, `home_phone` and `HOME PHONE` alike. */
const plain = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()

/** What a column holds that can be written to, as its name says. */
export function holdsByName({ name, type }: Pick<CatalogColumn, 'name' | 'type'>): CatalogColumn['holds'] {
  if (type !== 'text' && type !== 'integer') return undefined
  if (EMAIL.test(plain(name)) && type === 'text') return 'email'
  return PHONE.test(plain(name)) && !/(type|count|kind|_id|yn|name|title|date|_at)$/.test(plain(name)) ? 'phone' : undefined
}

/** Surnames of nine in ten Koreans. A word of two to four syllables that begins with one, again and again, is a name. */
const SURNAMES = '김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용' // prettier-ignore

const isKoreanName = (text: string): boolean => /^[가-힣]{2,4}$/.test(text) && SURNAMES.includes(text.charAt(0))
const isMobile = (text: string): boolean => normalizePhone(text)?.class === 'mobile'
const isEmail = (text: string): boolean => text.includes('@') && normalizeEmail(text) !== null
/** A resident registration number or a foreigner's. */
const isResident = (text: string): boolean => /^\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])-?[1-8]\d{6}$/.test(text)
const isAddress = (text: string): boolean => /[가-힣]+(시|도|구|군)\s.*[가-힣\d]+(로|길|동|읍|면|리)\s*\d/.test(text)

/** How many of the values must look so; below that it is chance. */
const MOST = 0.7
const FEWEST_NAMES = 5

/** What a handful of values say: what they hold that can be written to, and whether they are a person's. */
export function lookAtValues(values: readonly string[]): { holds?: 'phone' | 'email'; personal: boolean } {
  const given = values.map((value) => value.trim()).filter((value) => value !== '')
  if (given.length === 0) return { personal: false }
  const mostly = (test: (text: string) => boolean): boolean => given.filter(test).length >= given.length * MOST
  if (mostly(isMobile)) return { holds: 'phone', personal: true }
  if (mostly(isEmail)) return { holds: 'email', personal: true }
  const different = new Set(given)
  const names = different.size >= FEWEST_NAMES && [...different].filter(isKoreanName).length >= different.size * 0.9
  return { personal: names || mostly(isResident) || mostly(isAddress) }
}
