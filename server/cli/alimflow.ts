#!/usr/bin/env node
import { terminalLanguage } from '#server/start/language.ts'
import { runProcess } from '#server/start/process.ts'
import { migrateOnly, startParts } from '#server/start/start.ts'

const help = {
  en: `Usage: alimflow <command>

  start     everything on this machine: database (unless DATABASE_URL is set), server, worker
  server    the web server alone (needs DATABASE_URL)
  worker    a worker alone (needs DATABASE_URL); start as many as wanted, on any machine
  migrate   bring the database up to date and end
  help      this text

Settings come from the environment: PORT (3000), HOST (127.0.0.1), DATABASE_URL, ALIMFLOW_DATA_DIR (.alimflow),
ALIMFLOW_SECRET_KEY, ALIMFLOW_SAMPLE (on, off), ALIMFLOW_TOKEN. Servers and workers of one database share ALIMFLOW_SECRET_KEY.
`,
  ko: `사용법: alimflow <명령>

  start     이 컴퓨터에서 모두 실행: 데이터베이스(DATABASE_URL이 없을 때), 서버, 작업 프로세스
  server    웹 서버만 실행 (DATABASE_URL 필요)
  worker    작업 프로세스만 실행 (DATABASE_URL 필요). 여러 대에서 여러 개 실행할 수 있어요
  migrate   데이터베이스를 최신 상태로 바꾸고 끝내기
  help      이 도움말

설정은 환경 변수로 해요: PORT (3000), HOST (127.0.0.1), DATABASE_URL, ALIMFLOW_DATA_DIR (.alimflow),
ALIMFLOW_SECRET_KEY, ALIMFLOW_SAMPLE (on, off), ALIMFLOW_TOKEN. 같은 데이터베이스를 쓰는 서버와 작업 프로세스는 ALIMFLOW_SECRET_KEY가 같아야 해요.
`,
}

const staying = {
  start: { server: true, worker: true },
  server: { server: true, worker: false },
  worker: { server: false, worker: true },
} as const

const command = process.argv[2] ?? 'help'
if (command === 'start' || command === 'server' || command === 'worker') {
  await runProcess((work) => startParts(staying[command], process.env, work), { stays: true })
} else if (command === 'migrate') {
  await runProcess((work) => migrateOnly(process.env, work), { stays: false })
} else if (command === 'help' || command === '--help' || command === '-h') {
  process.stdout.write(help[terminalLanguage()])
} else {
  process.stderr.write(`alimflow: ${command}?\n\n${help[terminalLanguage()]}`)
  process.exitCode = 2
}
