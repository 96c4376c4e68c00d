import type { Localized } from '#schemas/localized.ts'

/** `acme-greeting` → "Acme greeting": a title to start from. */
export function titleOf(type: string): Localized {
  const words = type.replaceAll('-', ' ')
  const title = `${words.charAt(0).toUpperCase()}${words.slice(1)}`
  return { en: title, ko: title }
}

/** The text of a new node file: a step that works as it is, and says what may be changed. */
export function newNodeText(type: string): string {
  const { en, ko } = titleOf(type)
  const column = type.replaceAll('-', '_')
  return `import { defineColumn } from '#runtime/sdk/index.ts'

// Saved is loaded: the step is in the palette. Its examples run with: npm run test:node plugins/${type}.ts
export default defineColumn({
  type: '${type}',
  title: { en: '${en}', ko: '${ko}' },
  help: { en: 'Adds a greeting with the name.', ko: '이름을 넣은 인사말 열을 더해요.' },
  adds: '${column}',
  make: (name) => (name === null ? null : \`\${String(name)}님, 안녕하세요!\`),
  examples: [
    { from: '김서연', to: '김서연님, 안녕하세요!' },
    { from: null, to: null },
  ],
})
`
}
