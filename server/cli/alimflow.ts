#!/usr/bin/env node
import { backupCommand } from './backup.ts'
import { restoreCommand } from './restore.ts'
import { terminalLanguage } from '#server/start/language.ts'
import { runProcess } from '#server/start/process.ts'
import { migrateOnly, startParts } from '#server/start/start.ts'

const help = {
  en: `Usage: alimflow <command>

  start     everything on this machine: database (unless DATABASE_URL is set), server, worker
  server    the web server alone (needs DATABASE_URL)
  worker    workers alone (needs DATABASE_URL, the same secret key and plugins); on as many machines as wanted
  migrate   bring the database up to date and end
  backup [file]    write everything but the secret key to one file, also while the product runs
  restore <file>   fill an empty database from a backup; open runs are paused
  help      this text

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

설정은 환경 변수로 해요: PORT (3000), HOST (127.0.0.1), DATABASE_URL, ALIMFLOW_DATA_DIR (.alimflow),
ALIMFLOW_SECRET_KEY, ALIMFLOW_SAMPLE (on, off), ALIMFLOW_TOKEN, ALIMFLOW_WORKERS (1), ALIMFLOW_WORKER_LANES (8),
ALIMFLOW_LATE_AFTER_HOURS (24). 같은 데이터베이스를 쓰는 서버와 작업 프로세스는 ALIMFLOW_SECRET_KEY가 같아야 해요.
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
} else if (command === 'backup') {
  await runProcess((work) => backupCommand(process.argv[3], process.env, work), { stays: false })
} else if (command === 'restore') {
  await runProcess((work) => restoreCommand(process.argv[3], process.env, work), { stays: false })
} else if (command === 'help' || command === '--help' || command === '-h') {
  process.stdout.write(help[terminalLanguage()])
} else {
  process.stderr.write(`alimflow: ${command}?\n\n${help[terminalLanguage()]}`)
  process.exitCode = 2
}
