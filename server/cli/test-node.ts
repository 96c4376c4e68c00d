// npm run test:node FILE: the conformance kit for one node file.
import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { AppError, type NodeType, type ProviderType } from '#runtime/sdk/index.ts'
import { labelGaps } from '#runtime/sdk/test/label-gaps.ts'
import type { NodeCheck } from '#runtime/sdk/test/node-check.ts'
import { nodeChecks } from '#runtime/sdk/test/node-checks.ts'
import { builtInProviders } from '#nodes/all.ts'
import { readPluginFile } from '#server/node-types/plugin-file.ts'
import { faultOfProvider, looksLikeProvider } from '#server/node-types/provider-faults.ts'
import { typeMistakes } from '#server/node-types/type-check.ts'
import { terminalLanguage } from '#server/start/language.ts'

const language = terminalLanguage()
const said = {
  en: {
    usage: 'Usage: npm run test:node FILE [--json]\nFor example: npm run test:node plugins/mask-name.ts\n',
    types: 'its types fit',
    loads: 'loads',
    end: (passed: number, failed: number) =>
      failed === 0 ? `All ${passed} checks pass.` : `${failed} of ${passed + failed} checks fail.`,
  },
  ko: {
    usage: '사용법: npm run test:node 파일 [--json]\n예: npm run test:node plugins/mask-name.ts\n',
    types: '타입이 맞아요',
    loads: '불러올 수 있어요',
    end: (passed: number, failed: number) =>
      failed === 0 ? `검사 ${passed}개를 모두 통과했어요.` : `검사 ${passed + failed}개 중 ${failed}개가 실패했어요.`,
  },
}[language]

interface Result {
  readonly name: string
  readonly faults: readonly string[]
}

/** The checks of whatever a file brings. */
async function checksOf(path: string): Promise<Result[]> {
  const results: Result[] = []
  const mistakes = await typeMistakes(path)
  if (mistakes !== null) results.push({ name: said.types, faults: mistakes.map(({ text }) => text[language]) })
  try {
    const { values } = await readPluginFile(path, { file: `${basename(dirname(path))}/${basename(path)}` })
    for (const value of values) {
      // `nodeChecks` looks first whether it is one.
      const checks = looksLikeProvider(value) ? providerChecks(value) : nodeChecks(value as NodeType)
      for (const { name, run } of checks) results.push({ name: name[language], faults: await run() })
    }
  } catch (error) {
    results.push({ name: said.loads, faults: [error instanceof AppError ? error.text[language] : String(error)] })
  }
  return results
}

function providerChecks(value: unknown): NodeCheck[] {
  const fault = faultOfProvider(
    value,
    builtInProviders.map(({ kind }) => kind),
  )
  const shape = {
    name: { en: 'has the shape of a provider', ko: '발송 서비스의 모양을 갖췄어요' },
    run: () => (fault === null ? [] : [fault]),
  }
  if (fault !== null) return [shape]
  // Every field that a provider must have was looked at.
  const { settings, secrets } = value as ProviderType
  const labels = { en: 'has its texts in Korean and English', ko: '한국어와 영어 글이 모두 있어요' }
  return [shape, { name: labels, run: () => [...labelGaps(settings), ...labelGaps(secrets)] }]
}

const flags = process.argv.slice(2).filter((one) => one.startsWith('--'))
const [given, ...more] = process.argv.slice(2).filter((one) => !one.startsWith('--'))
const path = resolve(given ?? '')
if (given === undefined || more.length > 0 || flags.some((flag) => flag !== '--json') || !existsSync(path)) {
  process.stderr.write(said.usage)
  process.exitCode = 2
} else {
  const results = await checksOf(path)
  const failed = results.filter(({ faults }) => faults.length > 0).length
  if (flags.includes('--json'))
    process.stdout.write(`${JSON.stringify({ file: given, ok: failed === 0, checks: results }, null, 2)}\n`)
  else {
    const lines = results.flatMap(({ name, faults }) => [
      `${faults.length === 0 ? '✓' : '✗'} ${name}`,
      ...faults.map((fault) => `    ${fault}`),
    ])
    process.stdout.write(`${[given, ...lines, '', said.end(results.length - failed, failed)].join('\n')}\n`)
  }
  process.exitCode = failed === 0 ? 0 : 1
}
