import type { Button } from '#schemas/message.ts'
import { bare, readFieldMappings } from './field-mappings.ts'
import { fieldsOf, isFields, listOf, pick, textOf, type Fields } from './read-fields.ts'
import type { Group, Mapping, Template, ThreeStep, Variable } from './three-step.ts'

/** Reads the JSON of a three-step workflow as generously as it can be meant. What is not there is empty. */
export function readThreeStep(raw: Fields): ThreeStep {
  const target = fieldsOf(raw, 'targetConfig')
  const message = fieldsOf(raw, 'messageConfig')
  const known = [...listOf(raw, 'kakaoTemplates'), ...listOf(raw, 'templates')].filter(isFields)
  return {
    name: textOf(raw, 'name')?.trim().slice(0, 200) || 'Workflow',
    description: (textOf(raw, 'description') ?? '').slice(0, 2000),
    active: textOf(raw, 'status') === 'active',
    groups: listOf(target, 'targetGroups', 'groups').filter(isFields).map(groupOf),
    templates: templatesOf(message, known),
    mappings: mappingsOf(raw, target),
    trigger: {
      type: (textOf(raw, 'triggerType') ?? 'manual').toLowerCase(),
      fields: { ...fieldsOf(raw, 'triggerConfig'), ...fieldsOf(raw, 'scheduleConfig') },
    },
  }
}

function groupOf(fields: Fields, at: number): Group {
  const query = fieldsOf(fields, 'dynamicQuery', 'query')
  const sql = textOf(query, 'sql', 'querySql') ?? textOf(fields, 'sql', 'querySql')
  const isStatic = textOf(fields, 'type') === 'static'
  const id = textOf(fields, 'id') ?? `group_${at + 1}`
  return {
    id,
    name: textOf(fields, 'name')?.trim() || id,
    sql: isStatic ? null : (sql ?? ''),
    people: isStatic ? peopleOf(fields) : [],
  }
}

/** People of a static group: the first list in it that holds people, or plain numbers. */
function peopleOf(fields: Fields): Fields[] {
  const inside = Object.values(fields).flatMap((value) => (isFields(value) ? Object.values(value) : [value]))
  const list = inside.find((value): value is unknown[] => Array.isArray(value) && value.length > 0) ?? []
  return list.flatMap((one) =>
    isFields(one) ? [one] : typeof one === 'string' || typeof one === 'number' ? [{ phone: String(one) }] : [],
  )
}

function templatesOf(message: Fields, known: readonly Fields[]): Template[] {
  const listed = [...listOf(message, 'templates', 'selectedTemplates')].map((one) =>
    typeof one === 'string' ? { id: one } : one,
  )
  const single = textOf(message, 'templateId')
  const all = listed.length > 0 || single === null ? listed : [{ ...message, id: single }]
  return all.filter(isFields).map((fields, at) => templateOf(fields, { at, message, known }))
}

function templateOf(fields: Fields, { at, message, known }: { at: number; message: Fields; known: readonly Fields[] }): Template {
  const [id, code] = [textOf(fields, 'id'), textOf(fields, 'templateCode', 'code')]
  const stored = known.find(
    (one) => (id !== null && textOf(one, 'id') === id) || (code !== null && textOf(one, 'templateCode') === code),
  )
  // What the workflow itself says comes before what the store of templates says.
  const all: Fields = { ...stored, ...fields }
  const variables = variablesOf(all)
  return {
    id: id ?? `template_${at + 1}`,
    code: textOf(all, 'templateCode', 'code') ?? '',
    name: textOf(all, 'templateName', 'name')?.trim() || (code ?? id ?? `template_${at + 1}`),
    text: textOf(all, 'content', 'templateContent', 'text') ?? '',
    channelId: textOf(all, 'channelId', 'pfId') ?? textOf(message, 'channelId', 'pfId') ?? '',
    isText: ['sms', 'lms'].includes((textOf(all, 'messageType', 'channel') ?? '').toLowerCase()),
    buttons: listOf(all, 'buttons').filter(isFields).flatMap(buttonOf),
    declared: [...listOf(all, 'variables').flatMap(declaredName), ...Object.keys(variables)],
    variables,
  }
}

const declaredName = (one: unknown): string[] => {
  const name = isFields(one) ? textOf(one, 'name', 'variableName') : typeof one === 'string' ? one : null
  return name === null ? [] : [bare(name)]
}

function variablesOf(fields: Fields): Record<string, Variable> {
  const found = [fieldsOf(fields, 'variables'), fieldsOf(fields, 'variableQueries')].flatMap((one) => Object.entries(one))
  return Object.fromEntries(found.flatMap(([name, value]) => (isFields(value) ? [[bare(name), variableOf(value)]] : [])))
}

const variableOf = (fields: Fields): Variable => ({
  sql: textOf(fields, 'sourceType') === 'field' ? null : (textOf(fields, 'sql', 'query') ?? null),
  selected: textOf(fields, 'selectedColumn'),
  field: textOf(fields, 'field', 'targetField'),
  formatter: textOf(fields, 'formatter'),
  fallback: textOf(fields, 'defaultValue'),
})

/** Buttons as Kakao's providers write them. One that we do not know is left out. */
function buttonOf(fields: Fields): Button[] {
  const type = textOf(fields, 'type', 'buttonType', 'linkType') ?? ''
  const name = textOf(fields, 'name', 'buttonName') ?? ''
  if (!BUTTONS.includes(type) || name === '') return []
  const links = {
    linkMobile: textOf(fields, 'linkMobile', 'linkMo', 'urlMobile'),
    linkPc: textOf(fields, 'linkPc', 'urlPc'),
    linkAndroid: textOf(fields, 'linkAndroid', 'linkAnd', 'schemeAndroid'),
    linkIos: textOf(fields, 'linkIos', 'schemeIos'),
  }
  const given = Object.entries(links).filter(([, link]) => link !== null && link !== '')
  // One of the types above, and a name of the length that Kakao allows.
  return [{ type: type as Button['type'], name: [...name].slice(0, 14).join(''), ...Object.fromEntries(given) }]
}
const BUTTONS = ['WL', 'AL', 'DS', 'BK', 'MD', 'AC']

/** The mappings, wherever they lie: in their own field, as that field itself, or inside the audience as the first version had them. */
function mappingsOf(raw: Fields, target: Fields): Mapping[] | null {
  const own = pick(raw, 'mappingConfig')
  const list = Array.isArray(own) ? own : isFields(own) ? listOf(own, 'targetTemplateMappings', 'mappings') : []
  const all = list.length > 0 ? list : listOf(target, 'targetTemplateMappings')
  return all.length === 0 ? null : all.filter(isFields).map(mappingOf)
}

const mappingOf = (fields: Fields): Mapping => ({
  groupId: textOf(fields, 'targetGroupId', 'groupId'),
  templateId: textOf(fields, 'templateId'),
  fields: readFieldMappings(listOf(fields, 'fieldMappings')),
})
