import { errorTable } from './errors.ts'
import { problemTable } from './problems.ts'

interface Row {
  en: string
  ko: string
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const texts = ({ en, ko }: Row): string[] => [cell(en), cell(ko)]

/** docs/problems.md, drawn from the two tables: every code that people, the API and the log can meet. */
export function tablesPage(): string {
  const problems = Object.entries(problemTable).map(([code, row]) => [`\`${code}\``, row.severity, ...texts(row)])
  const errors = Object.entries(errorTable).map(([code, row]) => [
    `\`${code}\``,
    String(row.status),
    'retryable' in row && row.retryable ? 'yes' : '',
    ...texts(row),
  ])
  return `# Problems and errors

Drawn from \`schemas/problems.ts\` and \`schemas/errors/\`; a test compares this page with them (\`npx vitest run schemas -u\` writes it anew).

## Problems: something is wrong with a graph

Found before the run. Errors keep a workflow from being published or run; the codes of errors below may be problems of a step, too.

${table(['code', 'severity', 'English', 'Korean'], problems)}

## Errors

The status is that of an answer of the API. *Again*: the same may be tried again with hope.

${table(['code', 'status', 'again', 'English', 'Korean'], errors)}
`
}
