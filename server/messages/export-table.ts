import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import type { Language, Localized } from '#schemas/localized.ts'
import type { MessageItem } from '#schemas/message.ts'
import { messageStateName } from '#schemas/state-names.ts'

/** How the table names things. */
export interface TableWords {
  readonly language: Language
  /** IANA zone of its times. */
  readonly timezone: string
  /** Title of a node by its id. */
  readonly step: (nodeId: string) => string
}

const COLUMNS: readonly { readonly title: Localized; readonly of: (item: MessageItem, words: Cells) => string | number }[] = [
  { title: { en: 'Number', ko: '번호' }, of: ({ number }) => number },
  { title: { en: 'Name', ko: '이름' }, of: ({ name }) => name ?? '' },
  { title: { en: 'Address', ko: '받는 곳' }, of: ({ address }) => address ?? '' },
  { title: { en: 'Step', ko: '단계' }, of: ({ nodeId }, { step }) => step(nodeId) },
  { title: { en: 'Provider', ko: '발송사' }, of: ({ provider }) => provider ?? '' },
  { title: { en: 'Result', ko: '결과' }, of: ({ state }, { language }) => messageStateName(state, language) },
  { title: { en: 'Reason', ko: '이유' }, of: ({ reason }) => reason?.message ?? '' },
  { title: { en: 'Code', ko: '코드' }, of: ({ reason }) => reason?.code ?? '' },
  { title: { en: 'Attempts', ko: '보낸 횟수' }, of: ({ attempt }) => attempt },
  { title: { en: 'Sent', ko: '보낸 때' }, of: ({ sentAt }, { time }) => time(sentAt) },
  { title: { en: 'Ended', ko: '끝난 때' }, of: ({ finalAt }, { time }) => time(finalAt) },
  { title: { en: 'Cost', ko: '비용' }, of: ({ cost }) => cost?.amount ?? '' },
  { title: { en: 'Message', ko: '메시지' }, of: ({ id }) => id },
]

interface Cells extends TableWords {
  readonly time: (at: string | null) => string
}

/**
 * A table of messages as CSV (RFC 4180) that Excel opens as it is: with a byte order mark, so that Hangul is read right, and with values that
 * would be formulas made harmless (OWASP, "CSV Injection"). Streams: as many pages as there are, in flat memory.
 */
export function messageTable(pages: AsyncIterable<readonly MessageItem[]>, words: TableWords): Readable {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: words.timezone, dateStyle: 'short', timeStyle: 'medium' })
  const cells: Cells = { ...words, time: (at) => (at === null ? '' : format.format(new Date(at))) }
  async function* lines(): AsyncGenerator<(string | number)[]> {
    yield COLUMNS.map(({ title }) => title[words.language])
    for await (const items of pages) for (const item of items) yield COLUMNS.map(({ of }) => of(item, cells))
  }
  const table = stringify({ bom: true, escape_formulas: true, record_delimiter: 'windows' })
  const source = Readable.from(lines())
  // A page that cannot be read ends the file as broken, not as complete.
  source.on('error', (error) => table.destroy(error))
  table.on('close', () => source.destroy())
  return source.pipe(table)
}
