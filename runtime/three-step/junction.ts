import type { Audience, ListToStore } from './audience.ts'
import type { GraphWriter } from './graph.ts'
import type { Notes } from './notes.ts'

/** The column in which a list writes its name (`listName` of sources). */
export const LIST_NAME = 'list_name'
/** The variable that holds the number where groups call its column differently. */
const COMMON_ADDRESS = '받는 번호'

/** Where all people come from, before they part by template. */
export interface Junction {
  readonly from: readonly [id: string, port: string]
  readonly audiences: readonly Audience[]
  /** The column of the number behind this place; empty: nobody knows. */
  readonly address: string
  readonly lists: readonly ListToStore[]
  /** Where the next step stands. */
  readonly column: number
}

interface Writing {
  readonly graph: GraphWriter
  readonly start: string
  readonly notes: Notes
  readonly connection: string
}

/** Writes the steps that read people. Several groups come together in one merge that keeps everybody: who is in two of them is looked at by template. */
export function writeJunction(audiences: readonly Audience[], writing: Writing): Junction {
  const { graph, notes } = writing
  const isSeveral = audiences.length > 1
  const addresses = new Set(audiences.map(({ address }) => address))
  const differ = addresses.size > 1
  const lists: ListToStore[] = []
  const ends = audiences.map((audience, line) => {
    const id = writeSource(audience, { ...writing, line, named: isSeveral })
    if (audience.list) lists.push({ ...audience.list, nodeId: id })
    if (audience.address === null)
      notes.warning(
        {
          en: `No column of "${audience.name}" looks like a phone number. Choose it.`,
          ko: `‘${audience.name}’ 그룹에서 휴대폰 번호 열을 찾지 못했어요. 열을 골라 주세요.`,
        },
        id,
      )
    if (!differ) return id
    const variables = { [COMMON_ADDRESS]: { column: audience.address ?? '', whenNull: 'empty', whenEmpty: 'empty' } }
    const same = graph.add('number', { type: 'mapping', config: { variables }, label: COMMON_ADDRESS }, { column: 2, line })
    graph.line([id, 'rows'], [same, 'rows'])
    return same
  })
  const address = differ ? COMMON_ADDRESS : (audiences[0]?.address ?? '')
  const [first] = ends
  if (!isSeveral || first === undefined) {
    return { from: [first ?? writing.start, first === undefined ? 'start' : 'rows'], audiences, address, lists, column: 2 }
  }
  const merge = graph.add(
    'everybody',
    { type: 'merge', config: { mode: 'append', sameBy: 'nothing' }, label: '모든 그룹' },
    { column: 3, line: 0 },
  )
  for (const end of ends) graph.line([end, 'rows'], [merge, 'rows'])
  return { from: [merge, 'rows'], audiences, address, lists, column: 4 }
}

function writeSource(
  audience: Audience,
  { graph, start, notes, connection, line, named }: Writing & { line: number; named: boolean },
): string {
  const { name, sql, placeholders, list } = audience
  const own = named ? { listName: name.slice(0, 200) } : {}
  const step = list
    ? { type: 'list-source', config: { list: '', name: name.slice(0, 200), ...own } }
    : { type: 'sql-source', config: { connection, sql: sql ?? '', ...own } }
  const id = graph.add('audience', { ...step, label: name }, { column: 1, line })
  graph.line([start, 'start'], [id, 'start'])
  notes.made(
    list
      ? {
          en: `The group "${name}" became a list of ${list.rows.length}.`,
          ko: `‘${name}’ 그룹은 ${list.rows.length}명의 명단이 되었어요.`,
        }
      : { en: `The group "${name}" became a query.`, ko: `‘${name}’ 그룹은 조회 단계가 되었어요.` },
    id,
  )
  for (const { name: parameter } of placeholders) {
    notes.warning(
      {
        en: `A "?" in the query of "${name}" is now :${parameter}, and needs a value.`,
        ko: `‘${name}’ 조회문의 ?는 :${parameter}이(가) 되었어요. 넣을 값을 정해 주세요.`,
      },
      id,
    )
  }
  return id
}
