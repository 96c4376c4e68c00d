import { compileSchema } from '#runtime/json-schema.ts'
import { faultOfNodeType } from '#runtime/node-faults.ts'
import type { NodeType } from '#runtime/sdk/index.ts'
import { exampleChecks } from './example-checks.ts'
import { labelGaps } from './label-gaps.ts'
import type { NodeCheck } from './node-check.ts'

/**
 * The conformance kit: all that a node type has to keep, for tests (`testNode`) and for the terminal (`npm run test:node`). It looks at the
 * shape, the texts and the form, and runs the examples as a real run would.
 */
export function nodeChecks(type: NodeType): NodeCheck[] {
  const fault = faultOfNodeType(type)
  const shape: NodeCheck = {
    name: { en: 'has the shape of a node type', ko: '단계의 모양을 갖췄어요' },
    run: () => (fault === null ? [] : [fault]),
  }
  // The rest reads what a node type must have.
  if (fault !== null) return [shape]
  return [
    shape,
    { name: { en: 'has its texts in Korean and English', ko: '한국어와 영어 글이 모두 있어요' }, run: () => missingTexts(type) },
    { name: { en: 'has a config that is a schema', ko: '설정이 올바른 스키마예요' }, run: () => schemaFaults(type) },
    {
      name: { en: 'starts with a config that its form can show', ko: '처음 설정을 양식에 보여줄 수 있어요' },
      run: () => defaultFaults(type),
    },
    {
      name: { en: 'shows at least one example', ko: '예가 하나 이상 있어요' },
      run: () =>
        type.examples.length > 0 ? [] : ['Add one: examples: [{ config: { … }, in: [{ … }], out: { rows: [{ … }] } }]'],
    },
    ...type.examples.flatMap((example, index) => exampleChecks(type, { example, number: index + 1 })),
  ]
}

function missingTexts(type: NodeType): string[] {
  const texts = { 'title.en': type.title.en, 'title.ko': type.title.ko, 'help.en': type.help?.en, 'help.ko': type.help?.ko }
  const missing = Object.entries(texts).flatMap(([at, text]) => (text ? [] : [`${at}: no text`]))
  return [...missing, ...labelGaps(type.config)]
}

function schemaFaults(type: NodeType): string[] {
  try {
    compileSchema(type.config)
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

/** A step that is new on the canvas may have holes that its form shows (an empty text, a choice not made), but no field without a value. */
function defaultFaults(type: NodeType): string[] {
  const { properties = {}, required = [] } = type.config as { properties?: Record<string, object>; required?: string[] }
  const unknown = Object.keys(type.defaults).filter((key) => !(key in properties))
  const holes = required.filter((key) => !(key in type.defaults) && !('default' in (properties[key] ?? {})))
  return [
    ...unknown.map((key) => `defaults.${key}: the config has no such field`),
    ...holes.map((key) => `defaults.${key}: the config needs this field; give it a value to start from`),
  ]
}
