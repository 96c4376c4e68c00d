import type { Audience } from './audience.ts'
import type { ConvertOptions } from './convert-options.ts'
import { STEP, type GraphWriter } from './graph.ts'
import { LIST_NAME, type Junction } from './junction.ts'
import type { Notes } from './notes.ts'
import type { Mapping, Template } from './three-step.ts'
import { fillingOf } from './variables.ts'

interface Ways {
  readonly template: Template
  readonly branches: readonly { readonly audience: Audience; readonly mapping: Mapping }[]
  readonly junction: Junction
}

interface Writing extends Pick<ConvertOptions, 'connection' | 'provider' | 'dialect'> {
  readonly graph: GraphWriter
  readonly notes: Notes
}

type End = readonly [id: string, port: string]

/** Writes everything of one template: who gets it (each number once), and a branch of its own for each group. */
export function writeBranch({ template, branches, junction }: Ways, writing: Writing): void {
  const { graph } = writing
  const line = branchLine(graph)
  let { from, column } = junction
  const isAll = branches.length === junction.audiences.length
  if (!isAll) {
    const names = branches.map(({ audience }) => audience.name)
    const conditions = { join: 'any', items: names.map((value) => ({ column: LIST_NAME, is: 'equals', value })) }
    const only = graph.add('groups', { type: 'filter', config: { conditions }, label: names.join(', ') }, { column, line })
    graph.line(from, [only, 'rows'])
    from = [only, 'matched']
    column++
  }
  const once = graph.add(
    'once',
    {
      type: 'leave-out',
      config: { address: junction.address, kind: 'phone', duplicates: true, unusable: true },
      label: `${template.name}: 번호마다 한 번`,
    },
    { column, line },
  )
  graph.line(from, [once, 'rows'])
  column++
  const ends = parted([once, 'rows'], branches, { graph, column, line })
  if (branches.length > 1) column++
  for (const [at, branch] of branches.entries()) {
    const end = ends[at]
    if (!end) continue
    const others = junction.audiences.filter((one) => one !== branch.audience).flatMap(({ columns }) => columns ?? [])
    writeChain({ ...branch, template, address: junction.address, others }, { ...writing, from: end, column, line: line + at })
  }
}

/** Where each branch begins: a step parts them by the name of their list where there are several. */
function parted(
  from: End,
  branches: Ways['branches'],
  { graph, column, line }: { graph: GraphWriter; column: number; line: number },
): End[] {
  if (branches.length === 1) return [from]
  const cases = branches.map(({ audience }, at) => ({
    id: `g${at + 1}`,
    name: audience.name,
    conditions: { join: 'all', items: [{ column: LIST_NAME, is: 'equals', value: audience.name }] },
  }))
  const id = graph.add('by-group', { type: 'branch', config: { cases }, label: '그룹마다' }, { column, line })
  graph.line(from, [id, 'rows'])
  return cases.map((one) => [id, one.id])
}

/** Each template begins a line below all that was written. */
const branchLine = (graph: GraphWriter): number => {
  const ys = graph.parts.nodes
    .filter(({ type }) => type === 'leave-out' || type.startsWith('send-'))
    .map(({ position }) => position.y)
  return ys.length === 0 ? 0 : Math.max(...ys) / STEP.y + 1
}

interface Chain {
  readonly audience: Audience
  readonly mapping: Mapping
  readonly template: Template
  readonly address: string
  readonly others: readonly string[]
}

function writeChain(
  { audience, mapping, template, address, others }: Chain,
  writing: Writing & { from: End; column: number; line: number },
): void {
  const { graph, notes, connection, provider, line } = writing
  const { queries, variables } = fillingOf({ audience, mapping, template }, { ...writing, others })
  let from = writing.from
  let { column } = writing
  const next = (kind: string, node: Parameters<GraphWriter['add']>[1], [input, output]: readonly [string, string]): string => {
    const id = graph.add(kind, node, { column: column++, line })
    graph.line(from, [id, input])
    from = [id, output]
    return id
  }
  for (const { sql, columns, placeholders } of queries) {
    const names = columns.map((one) => one.variable)
    const id = next('values', { type: 'variable-query', config: { connection, sql }, label: names.join(', ') }, ['rows', 'rows'])
    notes.made(
      {
        en: `The ${names.length === 1 ? 'query' : 'queries'} of ${names.join(', ')} became one step.`,
        ko: `${names.join(', ')} 변수 쿼리는 값 조회 단계 하나가 되었어요.`,
      },
      id,
    )
    for (const { name } of placeholders) notes.warning(placeholderNote(name, audience), id)
  }
  if (Object.keys(variables).length > 0)
    next('variables', { type: 'mapping', config: { variables }, label: '변수 채우기' }, ['rows', 'rows'])
  const { text, code, channelId, buttons, isText } = template
  const kakao = isText ? {} : { kakao: { templateCode: code, channelId } }
  const textId = next(
    'text',
    { type: 'template', config: { text, ...kakao, ...(buttons.length > 0 && { buttons }) }, label: template.name },
    ['rows', 'messages'],
  )
  next('send', { type: isText ? 'send-sms' : 'send-alimtalk', config: { connection: provider, address, expiresAfter: 1440 } }, [
    'messages',
    'sent',
  ])
  tellOfText(template, { notes, textId })
}

function placeholderNote(name: string, { columns, name: group }: Audience) {
  if (columns?.includes(name) !== true)
    return {
      en: `A "?" became :${name}, and the group "${group}" has no such column. Add it to the query of the group, or write the name of the column that is meant.`,
      ko: `?는 :${name}이(가) 되었는데 ‘${group}’ 그룹에 그런 열이 없어요. 그룹 조회문에 열을 더하거나, 쓸 열의 이름으로 바꿔 주세요.`,
    }
  return {
    en: `A "?" became :${name}, the column of the group "${group}". It used to be the id of the person: check that this is what is meant.`,
    ko: `?는 ‘${group}’ 그룹의 열 :${name}이(가) 되었어요. 전에는 사람의 id를 넣었으니 맞는지 확인해 주세요.`,
  }
}

function tellOfText(
  { text, code, name, channelId, isText }: Template,
  { notes, textId }: { notes: Notes; textId: string },
): void {
  if (text === '')
    notes.warning(
      {
        en: `The workflow does not carry the text of the template "${name}". Paste the approved text.`,
        ko: `‘${name}’ 템플릿의 글이 파일에 없어요. 승인받은 글을 붙여넣어 주세요.`,
      },
      textId,
    )
  if (!isText && (code === '' || channelId === ''))
    notes.warning(
      {
        en: `Alimtalk needs the code of the template "${name}" and the id of your channel. Fill them in.`,
        ko: `알림톡을 보내려면 ‘${name}’ 템플릿의 코드와 카카오 채널 아이디가 필요해요. 채워 주세요.`,
      },
      textId,
    )
}
