/** Names that JSON must not have as keys. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

/** Can a variable be called so? Without what would end the hole it stands in. */
export function isVariableName(name: string): boolean {
  return name !== '' && !FORBIDDEN.has(name) && !/[{}#]/.test(name)
}
