// PostgreSQL array literals, built here: 1.4 µs a message less in this process than arrays handed to pg (durable-run.md section 4).

/** `{1,2,NULL}` of numbers. */
export function numberArray(values: readonly (number | null)[]): string {
  const first = values[0]
  // States, prices, absent values: mostly all the same.
  if (first !== undefined && values.every((value) => value === first))
    return `{${`${first ?? 'NULL'},`.repeat(values.length - 1)}${first ?? 'NULL'}}`
  if (!values.includes(null)) return `{${values.join(',')}}`
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`
}

const PLAIN = /^[A-Za-z0-9_.:+-]+$/

/** `{a,"b c",NULL}` of texts: quoted where a value is empty, `null` in any case, or has a character that means something. */
export function textArray(values: readonly (string | null)[]): string {
  if (values.length > 0 && values.every((value) => value === null)) return `{${'NULL,'.repeat(values.length - 1)}NULL}`
  let text = '{'
  for (let index = 0; index < values.length; index++) text += (index ? ',' : '') + textElement(values[index] ?? null)
  return text + '}'
}

function textElement(value: string | null): string {
  if (value === null) return 'NULL'
  if (PLAIN.test(value) && value.toLowerCase() !== 'null') return value
  // PostgreSQL text cannot hold NUL.
  return `"${value.replaceAll('\u0000', '').replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
