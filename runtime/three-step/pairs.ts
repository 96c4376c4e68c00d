import type { Notes } from './notes.ts'
import type { Group, Mapping, Template, ThreeStep } from './three-step.ts'

/** Who gets which text: one branch of the graph. */
export interface Pair {
  readonly group: Group
  readonly template: Template
  readonly mapping: Mapping
}

/** The branches of a workflow, each group and template once. What names something that is not there is told and left out. */
export function pairsOf({ groups, templates, mappings }: ThreeStep, notes: Notes): Pair[] {
  const known = { groups: unique(groups, 'group', notes), templates: unique(templates, 'template', notes) }
  const pairs: Pair[] = []
  for (const mapping of mappings ?? unmapped(known, notes)) {
    const template = known.templates.find(({ id }) => id === mapping.templateId)
    const found = mapping.groupId === null ? known.groups : known.groups.filter(({ id }) => id === mapping.groupId)
    if (!template || found.length === 0) notes.lost(unknownOf(mapping, !template))
    else for (const group of found) addPair(pairs, { group, template, mapping }, notes)
  }
  const used = new Set(pairs.flatMap(({ group, template }) => [group, template]))
  for (const one of [...known.groups, ...known.templates]) {
    if (used.has(one)) continue
    const isGroup = 'people' in one
    notes.lost({
      en: `No mapping uses the ${isGroup ? 'group' : 'template'} "${one.name}"; nothing was made of it.`,
      ko: `‘${one.name}’ ${isGroup ? '그룹' : '템플릿'}을 쓰는 매핑이 없어서 옮기지 않았어요.`,
    })
  }
  return pairs
}

function addPair(pairs: Pair[], pair: Pair, notes: Notes): void {
  const { group, template } = pair
  if (!pairs.some((one) => one.group === group && one.template === template)) return void pairs.push(pair)
  notes.lost({
    en: `"${template.name}" is mapped to the group "${group.name}" twice; the first mapping counts.`,
    ko: `‘${group.name}’ 그룹에 ‘${template.name}’ 템플릿이 두 번 이어져 있어요. 먼저 나온 매핑만 옮겼어요.`,
  })
}

/** Without any mapping everybody is to get every text, and the variables are still to be filled. */
function unmapped({ groups, templates }: Pick<ThreeStep, 'groups' | 'templates'>, notes: Notes): Mapping[] {
  if (groups.length > 0 && templates.length > 0) {
    notes.warning({
      en: 'The workflow has no mappings. Each group got each template, and the variables are still to be filled.',
      ko: '매핑 설정이 없어요. 그룹마다 템플릿을 모두 이어 두었으니 변수에 넣을 열을 골라 주세요.',
    })
  }
  return templates.map(({ id }) => ({ groupId: null, templateId: id, fields: [] }))
}

function unknownOf({ groupId, templateId }: Mapping, noTemplate: boolean) {
  const id = (noTemplate ? templateId : groupId) ?? ''
  return {
    en: `A mapping names the ${noTemplate ? 'template' : 'group'} "${id}", which does not exist.`,
    ko: `매핑에 적힌 ${noTemplate ? '템플릿' : '그룹'} ‘${id}’이(가) 없어서 그 매핑은 옮기지 않았어요.`,
  }
}

/** The first of each id: which of two is meant, no mapping says. */
function unique<Item extends Group | Template>(items: readonly Item[], what: 'group' | 'template', notes: Notes): Item[] {
  return items.filter((item, at) => {
    const isFirst = items.findIndex(({ id }) => id === item.id) === at
    if (!isFirst) {
      notes.lost({
        en: `Two ${what}s have the id "${item.id}"; "${item.name}" is the second and was left out.`,
        ko: `아이디가 ‘${item.id}’인 ${what === 'group' ? '그룹' : '템플릿'}이 둘이에요. 뒤에 나온 ‘${item.name}’은(는) 옮기지 않았어요.`,
      })
    }
    return isFirst
  })
}
