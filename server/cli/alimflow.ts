#!/usr/bin/env node
import { terminalLanguage } from '#server/start/language.ts'

const help = {
  en: `Usage: alimflow <command>

  start     everything on this machine: database (unless DATABASE_URL is set), server, worker
  server    the web server alone (needs DATABASE_URL)
  worker    workers alone (needs DATABASE_URL, the same secret key and plugins); on as many machines as wanted
  migrate   bring the database up to date and end
  backup [file]    write everything but the secret key to one file, also while the product runs
  restore <file>   fill an empty database from a backup; open runs are paused
  help      this text

Workflows as files; they end with 0 (all is well), 1 (something is wrong or failed) or 2 (not understood); --json for programs:
  validate <file…>   form, steps, lines and settings, without a server and without asking a database
  test <file…>       tests of a workflow (weekly.test.json), without a server and without a database
  preview <file…> [--limit 10]   the first people and their messages, by a running product; sends nothing
  import <file…>     into a running product: changes the workflow of that name, else makes one
  export [name…] [--out workflows]   out of a running product, one file each
  run <name…> [--wait]   start a run; --wait: until its messages went out
The running product: --url (or ALIMFLOW_URL, else this machine), --token (or ALIMFLOW_TOKEN).

Settings come from the environment: PORT (3000), HOST (127.0.0.1), DATABASE_URL, ALIMFLOW_DATA_DIR (.alimflow),
ALIMFLOW_SECRET_KEY, ALIMFLOW_SAMPLE (on, off), ALIMFLOW_TOKEN, ALIMFLOW_WORKERS (1), ALIMFLOW_WORKER_LANES (8),
ALIMFLOW_LATE_AFTER_HOURS (24). Servers and workers of one database share ALIMFLOW_SECRET_KEY.
`,
  ko: `사용법: alimflow <명령>

  start     이 컴퓨터에서 모두 실행: 데이터베이스(DATABASE_URL이 없을 때), 서버, 작업 프로세스
  server    웹 서버만 실행 (DATABASE_URL 필요)
  worker    작업 프로세스만 실행 (DATABASE_URL 필요). 여러 대에서 여러 개 실행할 수 있어요
  migrate   데이터베이스를 최신 상태로 바꾸고 끝내기
  backup [파일]    비밀 키를 뺀 모든 것을 파일 하나에 저장. 실행 중에도 할 수 있어요
  restore <파일>   백업을 빈 데이터베이스에 되돌리기. 열려 있던 실행은 멈춰요
  help      이 도움말

파일로 다루는 워크플로. 0(이상 없음), 1(문제나 실패), 2(알 수 없는 명령)로 끝나요. 프로그램에서는 --json을 써요.
  validate <파일…>   서버와 데이터베이스 없이 모양, 단계, 연결선, 설정 검사
  test <파일…>       서버와 데이터베이스 없이 워크플로 테스트(weekly.test.json) 실행
  preview <파일…> [--limit 10]   실행 중인 제품에서 처음 몇 사람의 메시지 미리보기. 보내지 않아요
  import <파일…>     실행 중인 제품에 넣기. 같은 이름의 워크플로를 바꾸고, 없으면 만들어요
  export [이름…] [--out workflows]   실행 중인 제품에서 파일로 꺼내기
  run <이름…> [--wait]   실행 시작. --wait: 다 보낼 때까지 기다리기
실행 중인 제품: --url(또는 ALIMFLOW_URL, 없으면 이 컴퓨터), --token(또는 ALIMFLOW_TOKEN).

설정은 환경 변수로 해요: PORT (3000), HOST (127.0.0.1), DATABASE_URL, ALIMFLOW_DATA_DIR (.alimflow),
ALIMFLOW_SECRET_KEY, ALIMFLOW_SAMPLE (on, off), ALIMFLOW_TOKEN, ALIMFLOW_WORKERS (1), ALIMFLOW_WORKER_LANES (8),
ALIMFLOW_LATE_AFTER_HOURS (24). 같은 데이터베이스를 쓰는 서버와 작업 프로세스는 ALIMFLOW_SECRET_KEY가 같아야 해요.
`,
}

const WORKFLOW_COMMANDS = ['validate', 'test', 'preview', 'import', 'export', 'run'] as const
const found = <Name extends string>(names: readonly Name[], name: string): Name | undefined => names.find((one) => one === name)

const command = process.argv[2] ?? 'help'
const ofWorkflows = found(WORKFLOW_COMMANDS, command)
const ofProduct = found(['start', 'server', 'worker', 'migrate', 'backup', 'restore'], command)
// Each loads what it needs: one that judges a file starts in a moment, without the web server and the database.
if (ofWorkflows !== undefined) {
  const { workflowCommand } = await import('./workflows/command.ts')
  process.exitCode = await workflowCommand(ofWorkflows, process.argv.slice(3), process.env)
} else if (ofProduct !== undefined) {
  const { productCommand } = await import('./product-command.ts')
  await productCommand(ofProduct, process.argv[3])
} else if (command === 'help' || command === '--help' || command === '-h') {
  process.stdout.write(help[terminalLanguage()])
} else {
  process.stderr.write(`alimflow: ${command}?\n\n${help[terminalLanguage()]}`)
  process.exitCode = 2
}
