const COMPARED = /([\p{L}_"`][\p{L}\p{N}_$"`.]*)\)?(?:::[a-z ]+)?\s*(?:=|<=|>=|<|>|\bin\b)/giu

/** The columns that a plan's condition compares, as they are called: an index on them would find the rows. */
export function comparedColumns(condition: string): string[] {
  const names = Array.from(condition.matchAll(COMPARED), ([, path = '']) => path.split('.').at(-1)?.replace(/["`]/g, '') ?? '')
  return [...new Set(names)].filter((name) => name !== '' && !/^(and|or|not|null)$/i.test(name))
}
