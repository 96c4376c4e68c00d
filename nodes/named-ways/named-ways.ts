import Type from 'typebox'
import { field } from '#schemas/form.ts'
import type { Localized } from '#schemas/localized.ts'
import type { NodeProblem } from '#runtime/sdk/index.ts'

/** So many ways out fit on a card and in a head. */
export const MOST_WAYS = 8

/** What every named way out has: an id that lines hold on to, and the name that people read. */
export const way = {
  id: Type.String({ pattern: '^[a-z][a-z0-9]{0,19}$', ...field({ title: { en: 'Id', ko: '아이디' } }, { widget: 'hidden' }) }),
  name: Type.String({ maxLength: 40, ...field({ title: { en: 'Name', ko: '이름' } }) }),
}

interface Way {
  readonly id: string
  readonly name: string
}

/** Ways without a name, and ways that could not be told apart. */
export function wayProblems(ways: readonly Way[], list: string): NodeProblem[] {
  return ways.flatMap(({ id, name }, at): NodeProblem[] => {
    const before = ways.slice(0, at)
    const problems: NodeProblem[] = []
    if (name.trim() === '')
      problems.push({ code: 'config-missing', fields: { field: { en: 'Name', ko: '이름' } }, field: `${list}/${at}/name` })
    else if (before.some((one) => one.name.trim() === name.trim()))
      problems.push({ code: 'config-invalid', fields: { detail: sameName(name.trim()) }, field: `${list}/${at}/name` })
    if (id === 'rest' || id === 'failed' || id === 'skipped' || before.some((one) => one.id === id))
      problems.push({ code: 'config-invalid', fields: { detail: sameId(id) }, field: list })
    return problems
  })
}

function sameName(name: string): Localized {
  return {
    en: `Two ways are called "${name}". Name one differently.`,
    ko: `‘${name}’이(가) 둘이에요. 하나의 이름을 바꿔 주세요.`,
  }
}

function sameId(id: string): Localized {
  return {
    en: `The id "${id}" is taken. Remove this way and add it again.`,
    ko: `‘${id}’ 아이디는 이미 쓰이고 있어요. 이 항목을 지우고 다시 추가해 주세요.`,
  }
}

/** Names of the ways for a card, as many as fit. */
export function namesOf(ways: readonly Way[], more: readonly string[] = []): string {
  return [...ways.map(({ name }) => name.trim()).filter((name) => name !== ''), ...more].join(' · ')
}
