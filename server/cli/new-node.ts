// npm run new-node NAME: one file in plugins/ that does something, to be changed.
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pluginsFolder } from '#server/config.ts'
import { builtInNodes } from '#nodes/all.ts'
import { newNodeText, titleOf } from '#server/node-types/new-node.ts'
import { terminalLanguage } from '#server/start/language.ts'

const said = {
  en: {
    usage: 'Usage: npm run new-node NAME\nNAME in small letters, digits and hyphens, with a prefix of your own: acme-greeting\n',
    taken: (type: string) => `There is a built-in step "${type}" already. Choose another name, for example my-${type}.\n`,
    exists: (file: string) => `${file} exists already, and was not changed. Choose another name, or change that file.\n`,
    made: (file: string, title: string) => `Made ${file}.

  1. It is in the palette of a running Alimflow now: "${title}". Each time you save it, it is loaded anew.
  2. Run its examples:   npm run test:node ${file}
  3. What else it can do: docs/writing-a-node.md
`,
  },
  ko: {
    usage:
      '사용법: npm run new-node 이름\n이름은 영어 소문자, 숫자, 하이픈으로 쓰고 나만의 접두사를 붙여 주세요: acme-greeting\n',
    taken: (type: string) => `‘${type}’ 단계는 기본으로 들어 있어요. 다른 이름을 써 주세요. 예: my-${type}\n`,
    exists: (file: string) => `${file} 파일이 이미 있어서 그대로 두었어요. 다른 이름을 쓰거나 그 파일을 고쳐 주세요.\n`,
    made: (file: string, title: string) => `${file} 파일을 만들었어요.

  1. 실행 중인 Alimflow의 단계 목록에 ‘${title}’ 단계가 나타나요. 저장할 때마다 다시 불러와요.
  2. 예를 테스트로 실행:   npm run test:node ${file}
  3. 더 알아보기: docs/writing-a-node.md
`,
  },
}

const words = said[terminalLanguage()]
const fail = (text: string, code: number): void => {
  process.stderr.write(text)
  process.exitCode = code
}

const type = process.argv[2] ?? ''
const folder = pluginsFolder(process.env)
const file = `${basename(folder)}/${type}.ts`
if (process.argv.length !== 3 || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(type) || type.length > 60) fail(words.usage, 2)
else if (builtInNodes.some((node) => node.type === type)) fail(words.taken(type), 1)
else {
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(join(folder, `${type}.ts`), newNodeText(type), { flag: 'wx' })
    process.stdout.write(words.made(file, titleOf(type)[terminalLanguage()]))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    fail(words.exists(file), 1)
  }
}
