import type { ConnectionTest } from '#schemas/connection.ts'
import type { Language } from '#schemas/localized.ts'
import { AppError, CallFailed } from '#runtime/sdk/index.ts'
import { filledFields } from './filled-fields.ts'
import { MysqlConnection } from './mysql/mysql.ts'
import { probeMysql } from './mysql/probe.ts'
import type { Connections, Openable } from './open.ts'
import { probeService } from './http/open-service.ts'
import { probePostgres } from './postgres/probe.ts'

const EMPTY: ConnectionTest = {
  ok: false,
  version: null,
  latencyMs: null,
  timezone: null,
  tls: null,
  tables: null,
  writes: [],
  grants: null,
  facts: {},
  error: null,
}

const PROVIDER_TIMEOUT_MS = 15_000

async function probeDatabase(
  connections: Connections,
  from: Openable,
): Promise<{ found: Partial<ConnectionTest>; dialect: string }> {
  const database = await connections.openDatabase(from)
  try {
    const started = performance.now()
    await database.ask('select 1')
    const latencyMs = Math.round((performance.now() - started) * 10) / 10
    const name = typeof from.settings.database === 'string' ? from.settings.database : ''
    const facts = database instanceof MysqlConnection ? await probeMysql(database, name) : await probePostgres(database, name)
    return { found: { ...facts, latencyMs }, dialect: database.dialect }
  } finally {
    await database.close()
  }
}

/** Tries a connection, saved or not, and tells what was found. A failure is an answer (`ok: false`), never a throw. */
export async function probe(
  connections: Connections,
  from: Openable & { role: 'database' | 'service' | 'provider' },
  language: Language,
): Promise<ConnectionTest & { dialect: string | null }> {
  try {
    if (from.role === 'database') {
      const { found, dialect } = await probeDatabase(connections, from)
      return { ...EMPTY, ...found, ok: true, dialect }
    }
    const started = performance.now()
    if (from.role === 'service') {
      await probeService(
        connections.openService(from),
        typeof from.settings['testPath'] === 'string' ? from.settings['testPath'] : '',
        AbortSignal.timeout(PROVIDER_TIMEOUT_MS),
      )
      return { ...EMPTY, ok: true, latencyMs: Math.round(performance.now() - started), dialect: null }
    }
    const facts = await connections.openProvider(from).session.validate(AbortSignal.timeout(PROVIDER_TIMEOUT_MS))
    return { ...EMPTY, ok: true, facts, latencyMs: Math.round(performance.now() - started), dialect: null }
  } catch (error) {
    const known = error instanceof CallFailed ? error.error : error
    if (!(known instanceof AppError)) throw error
    const told = { code: known.code, message: known.text[language], fields: filledFields(known) }
    return { ...EMPTY, error: told, dialect: null }
  }
}
