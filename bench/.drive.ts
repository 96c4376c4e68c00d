import { spawn } from 'node:child_process'
import { Pool } from 'undici'
import { cpuOf } from './process-talk.ts'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { startEmbedded } from '#server/database/embedded/start.ts'
import { migrate } from '#server/database/migrate.ts'
const quiet = () => undefined
const log: any = { debug: quiet, info: quiet, warn: quiet, error: quiet }
const args = process.argv.slice(2)
const floor = args[0] === 'floor'
let cluster: any,
  folder = ''
if (!floor) {
  folder = mkdtempSync('/tmp/alimflow-bench-')
  chmodSync(folder, 0o711)
  cluster = await startEmbedded(folder + '/data', log)
  await migrate(cluster.url, log)
}
const child = spawn(process.execPath, floor ? ['bench/.floor.mjs', args[1] ?? ''] : [...args, 'bench/processes/server.ts'], {
  env: { ...process.env, BENCH_PLATFORM: cluster?.url ?? '' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const url = await new Promise<string>((r) => child.stdout.once('data', (d) => r(String(d).trim())))
const http = new Pool(url, { connections: 64, pipelining: 1 })
const message = {
  connection: 'sandbox',
  channel: 'sms',
  to: '010-1234-5678',
  text: { body: '[가게] 인증번호는 #{번호}예요. 3분 안에 입력해 주세요.' },
}
const send = async () => {
  const { statusCode, body } = await http.request({
    method: 'POST',
    path: '/api/messages',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...message, variables: { 번호: String(Math.floor(Math.random() * 1e6)) } }),
  })
  const t = await body.text()
  if (statusCode !== 202) throw new Error(t)
}
await send()
const phase = async (s: number) => {
  const before = cpuOf(child),
    own = process.cpuUsage(),
    t = performance.now()
  let n = 0
  await Promise.all(
    Array.from({ length: 64 }, async () => {
      while (performance.now() < t + s * 1000) {
        await send()
        n++
      }
    }),
  )
  const o = process.cpuUsage(own)
  console.log({
    perSecond: Math.round((n / (performance.now() - t)) * 1000),
    cpu: Math.round((cpuOf(child) - before) / n),
    driver: Math.round((o.user + o.system) / n),
  })
}
for (const s of [2, 2, 4]) await phase(s)
await http.close()
const e = new Promise((r) => child.once('exit', r))
child.kill(floor ? 'SIGKILL' : 'SIGTERM')
await e
await cluster?.stop()
if (folder) rmSync(folder, { recursive: true, force: true })
