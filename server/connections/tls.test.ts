import { createServer, type Server } from 'node:net'
import mysql from 'mysql2/promise'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTemporary } from '#server/database/embedded/temporary.ts'
import { databaseUser } from '#server/database/embedded/user.ts'
import type { EmbeddedDatabase } from '#server/database/embedded/start.ts'
import { CERTIFIED_NAME, makeCertificates, type TestCertificates } from '#server/test/certificates.ts'
import { mariadbMissing } from '#server/test/mariadb.ts'
import { freePort, mariaDbUser, type OwnMariaDb, startMariaDb } from '#server/test/mariadb-server.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import type { Account } from './account.ts'
import { MysqlConnection } from './mysql/mysql.ts'
import { probeMysql } from './mysql/probe.ts'
import { PostgresConnection } from './postgres/postgres.ts'
import { probePostgres } from './postgres/probe.ts'
import { databaseReach } from './reach.ts'

let certificates: TestCertificates
let postgres: EmbeddedDatabase
let maria: OwnMariaDb | undefined
const accounts: Record<string, Account> = {}

beforeAll(async () => {
  certificates = makeCertificates()
  const files = certificates.filesFor(databaseUser('/nowhere'))
  const port = await freePort()
  const ssl = { ssl: 'on', ssl_cert_file: files.cert, ssl_key_file: files.key }
  postgres = await startTemporary(quietLog(), { listen_addresses: '127.0.0.1', port: String(port), ...ssl })
  const login = new URL(postgres.url.replace('@/', '@socket/'))
  const timezone = 'Asia/Seoul'
  accounts.postgres = {
    host: '127.0.0.1',
    port,
    database: login.pathname.slice(1),
    user: login.username,
    password: decodeURIComponent(login.password),
    timezone,
  }
  if (mariadbMissing) return
  const own = certificates.filesFor(mariaDbUser())
  maria = await startMariaDb({ args: [`--ssl-cert=${own.cert}`, `--ssl-key=${own.key}`], restarts: true })
  const admin = await mysql.createConnection({ host: '127.0.0.1', port: maria.port, user: 'root' })
  await admin.query('create database shop')
  await admin.end()
  accounts.mysql = { host: '127.0.0.1', port: maria.port, database: 'shop', user: 'root', password: '', timezone }
}, 60_000)
afterAll(async () => {
  await Promise.all([postgres?.stop(), maria?.stop()])
  certificates?.remove()
})

const kinds = mariadbMissing ? (['postgres'] as const) : (['postgres', 'mysql'] as const)

async function factsOf(kind: 'postgres' | 'mysql', change: Partial<Account>) {
  const account = { ...(accounts[kind] as Account), ...change }
  const connection = kind === 'postgres' ? new PostgresConnection(account, quietLog()) : new MysqlConnection(account, quietLog())
  try {
    return connection instanceof MysqlConnection ? await probeMysql(connection, 'shop') : await probePostgres(connection, 'shop')
  } finally {
    await connection.close()
  }
}

const encrypted = { tls: { version: expect.stringMatching(/^TLSv1\.[23]$/), cipher: expect.stringMatching(/\w/) } }

test.each(kinds)('%s: off, on, and verified by the authority and the name', async (kind) => {
  const { ca, otherCa } = certificates
  expect(await factsOf(kind, { tls: 'off' })).toMatchObject({ tls: null })
  expect(await factsOf(kind, { tls: 'on' })).toMatchObject(encrypted)
  expect(await factsOf(kind, { tls: 'verify', ca, serverName: CERTIFIED_NAME })).toMatchObject(encrypted)
  const wrong: Partial<Account>[] = [
    { tls: 'verify', serverName: CERTIFIED_NAME }, // signed by nobody that Node knows
    { tls: 'verify', ca: otherCa, serverName: CERTIFIED_NAME },
    { tls: 'verify', ca, serverName: 'other.example.test' },
    { tls: 'verify', ca, host: 'localhost' },
  ]
  for (const change of wrong) await expect(factsOf(kind, change)).rejects.toMatchObject({ code: 'connection-failed' })
})

test('addresses that may not be reached are not connected to, whatever name leads there', async () => {
  let connected = 0
  const trap: Server = createServer((socket) => {
    connected++
    socket.destroy()
  })
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve))
  const address = trap.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const reaches = [
    [databaseReach(), ['169.254.169.254', '[::ffff:169.254.169.254]'.slice(1, -1), '0.0.0.0', 'fe80::1', 'fd00:ec2::254']],
    [databaseReach({ deny: '127.0.0.0/8, ::1' }), ['127.0.0.1', 'localhost', '::ffff:127.0.0.1']],
    [databaseReach({ allow: '10.1.0.0/16' }), ['127.0.0.1', 'localhost', '/tmp']],
  ] as const
  for (const kind of kinds) {
    for (const [reach, hosts] of reaches) {
      for (const host of hosts) {
        const account = { host, port, database: 'a', user: 'b', password: 'c', timezone: 'Asia/Seoul', reach }
        const connection =
          kind === 'postgres' ? new PostgresConnection(account, quietLog()) : new MysqlConnection(account, quietLog())
        await expect(connection.ask('select 1'), `${kind} ${host}`).rejects.toMatchObject({ code: 'connection-address' })
        await connection.close()
      }
    }
    const reached = await factsOf(kind, { reach: databaseReach({ allow: '127.0.0.0/8' }), host: 'localhost' })
    expect(reached.version).toMatch(/\d/)
  }
  expect(connected).toBe(0)
  trap.close()
  expect(() => databaseReach({ deny: 'localhost' })).toThrow(/ALIMFLOW_DATABASE_DENY/)
})

test.each(kinds)('%s: connections that the server ended are replaced, the next query works', async (kind) => {
  const account = accounts[kind] as Account
  const make = () =>
    kind === 'postgres' ? new PostgresConnection(account, quietLog()) : new MysqlConnection(account, quietLog())
  const [connection, killer] = [make(), make()]
  const one = { sql: 'select 1', parameters: {} }
  const me = kind === 'postgres' ? 'select pg_backend_pid()' : 'select connection_id()'
  const [[own] = []] = await killer.ask(me)
  for (let round = 0; round < 3; round++) {
    await Promise.all([connection.query(one), connection.query(one), connection.query(one)])
    if (kind === 'postgres')
      await killer.ask(
        `select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> ${Number(own)}`,
      )
    else
      for (const [id] of await killer.ask(
        `select id from information_schema.processlist where id <> ${Number(own)} and user = 'root'`,
      ))
        await killer.ask(`kill ${Number(id)}`)
    // At once: the pool may not have heard of it yet.
    expect((await connection.query(one)).rows).toEqual([[1]])
  }
  await connection.close()
  await killer.close()
})

test.skipIf(mariadbMissing !== null)('MariaDB that is started anew: away means away, then the next query works', async () => {
  const connection = new MysqlConnection(accounts.mysql as Account, quietLog())
  const one = { sql: 'select 1', parameters: {} }
  await connection.query(one)
  await maria?.restart(() => expect(connection.query(one)).rejects.toMatchObject({ code: 'connection-failed' }))
  expect((await connection.query(one)).rows).toEqual([[1]])
  await connection.close()
})
