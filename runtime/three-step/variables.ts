import { variablesOf } from '#runtime/template/template.ts'
import type { Dialect } from '#runtime/sdk/index.ts'
import type { Audience } from './audience.ts'
import type { Notes } from './notes.ts'
import { entryOfMapping, isFormatter } from './field-mappings.ts'
import { joinQueries, type MadeQuery } from './queries.ts'
import type { FieldMapping, Mapping, Template, Variable } from './three-step.ts'

/** One mapping, worked out: what is asked for each person, and what fills the variables. */
export interface Filling {
  readonly queries: readonly MadeQuery[]
  /** The config of the mapping step. */
  readonly variables: Readonly<Record<string, Record<string, unknown>>>
}

interface Wanted {
  readonly name: string
  readonly mapped: FieldMapping | undefined
  readonly stored: Variable | undefined
}

/** Columns of other groups: they are there for the people of this one too, and always empty. */
interface Elsewhere {
  readonly others: readonly string[]
}

/** Says where each variable of a template gets its value for the people of a group. */
export function fillingOf(
  { audience, mapping, template }: { audience: Audience; mapping: Mapping; template: Template },
  { dialect, notes, others }: { dialect: Dialect; notes: Notes } & Elsewhere,
): Filling {
  const wanted = namesOf(template, mapping).map((name): Wanted => ({
    name,
    mapped: mapping.fields.find(({ variable }) => variable === name),
    stored: Object.hasOwn(template.variables, name) ? template.variables[name] : undefined,
  }))
  const asked = wanted.flatMap(({ name, mapped, stored }) => {
    if (!stored?.sql) return []
    const own = mapped?.column ?? null
    if (own === null || audience.columns?.includes(own) !== true)
      return [{ variable: name, sql: stored.sql, selected: stored.selected }]
    notes.lost({
      en: `"${name}" is filled from the column "${own}"; its own query was used only where that was empty, and is not carried over.`,
      ko: `‘${name}’ 변수는 ‘${own}’ 열에서 채워요. 그 열이 비었을 때만 쓰던 변수 쿼리는 옮기지 않았어요.`,
    })
    return []
  })
  const queries = joinQueries(asked, {
    dialect,
    taken: [...(audience.columns ?? []), ...others],
    called: (name) => (isOfOthers(name, audience, others) ? `${name}_${ofGroup(audience)}` : name),
  })
  const answers = new Map(queries.flatMap(({ columns }) => columns.map(({ variable, column }) => [variable, column] as const)))
  const variables = Object.fromEntries(wanted.map((one) => [one.name, entryOf(one, { audience, answers, notes, others })]))
  return { queries, variables }
}

const isOfOthers = (column: string, { columns }: Audience, others: readonly string[]): boolean =>
  columns?.includes(column) === false && others.includes(column)

/** The name of a group, as a name of SQL may go on. */
const ofGroup = ({ name }: Audience): string => name.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '_')

/** Variables that the text has, that are mapped, or that have a query; of the others nobody would see a value. */
function namesOf(template: Template, mapping: Mapping): string[] {
  const inText = holesOf(template.text)
  const mapped = mapping.fields.map(({ variable }) => variable)
  if (inText.length > 0)
    return [...new Set([...inText, ...mapped.filter((name) => !template.declared.includes(name) || inText.includes(name))])]
  return [...new Set([...template.declared, ...mapped])]
}

function holesOf(text: string): string[] {
  try {
    return variablesOf(text)
  } catch {
    // The draft says what is wrong with the text.
    return []
  }
}

function entryOf(
  { name, mapped, stored }: Wanted,
  {
    audience,
    answers,
    notes,
    others,
  }: Elsewhere & { audience: Audience; answers: ReadonlyMap<string, string | null>; notes: Notes },
): Record<string, unknown> {
  const column = answers.has(name) ? (answers.get(name) ?? '') : (mapped?.column ?? stored?.field ?? '')
  const fallback = mapped?.fallback ?? stored?.fallback ?? null
  if (column === '') {
    notes.warning({
      en: `Nothing says which column fills "${name}"${fallback === null ? '' : `; "${fallback}" was its default`}. Choose one.`,
      ko: `‘${name}’ 변수에 넣을 열이 정해져 있지 않아요${fallback === null ? '' : `(기본값은 ‘${fallback}’이었어요)`}. 열을 골라 주세요.`,
    })
  } else if (!answers.has(name) && audience.columns?.includes(column) === false) {
    notes.warning({
      en: `"${name}" is to be filled from "${column}", which the group "${audience.name}" does not have.`,
      ko: `‘${name}’ 변수에 넣을 ‘${column}’ 열이 ‘${audience.name}’ 그룹에 없어요.`,
    })
  }
  const formatter = mapped?.formatter ?? stored?.formatter ?? null
  if (!isFormatter(formatter)) {
    notes.lost({
      en: `There is no format "${formatter}"; "${name}" is shown as it is.`,
      ko: `‘${formatter}’ 형식은 없어요. ‘${name}’ 변수는 값 그대로 보여요.`,
    })
  }
  // Read from a column of others it would be empty for everybody, and nobody would see why.
  const own = !answers.has(name) && isOfOthers(column, audience, others) ? '' : column
  return entryOfMapping({ column: own, formatter, fallback })
}
