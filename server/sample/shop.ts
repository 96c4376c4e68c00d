import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { Log } from '#runtime/sdk/index.ts'
import type { EmbeddedDatabase } from '#server/database/embedded/start.ts'
import { calendarOf, dateAt } from './calendar.ts'
import { makeSample } from './rows.ts'
import { shiftWeeks } from './shift.ts'
import { writePostgres } from './write-postgres.ts'

const shopDatabase = 'sample_shop'
const reader = 'sample_reader'
/** A change of the rows or tables makes the shop anew at the next start. */
const version = 1

export interface SampleShop {
  /** postgresql:// address for the role that can only read there. */
  readonly url: string
  /** Moves all dates on by whole weeks when a new week has begun; true: it did. To be called now and then. */
  refresh(now: Date): Promise<boolean>
}

/** The shop in the embedded cluster: made at the first start, moved to the current week at later ones. */
export async function ensureSampleShop(embedded: EmbeddedDatabase, log: Log, now = new Date()): Promise<SampleShop> {
  const password = randomBytes(24).toString('base64url') // a new one each start: it is stored nowhere
  await withClient(embedded.url, async (client) => {
    await closeOtherDatabases(client)
    await ensureReader(client, password)
    if ((await readNote(client)) === null) await makeShop({ client, embedded, log, now })
  })
  const refresh = (at: Date) => refreshShop(embedded, at)
  if (await refresh(now)) log.info('The dates of the sample shop were moved to this week.')
  return { url: embedded.urlFor({ database: shopDatabase, user: reader, password }), refresh }
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  client.on('error', () => undefined) // whatever runs on it then fails and tells
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** By default every role may connect to every database of a cluster. */
async function closeOtherDatabases(client: pg.Client): Promise<void> {
  for (const name of ['alimflow', 'postgres', 'template1'])
    await client.query(`revoke connect, temporary on database ${name} from public`)
}

async function ensureReader(client: pg.Client, password: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [reader])
  if (rowCount === 0) await client.query(`create role ${reader} login connection limit 40`)
  await client.query(`alter role ${reader} with nosuperuser nocreatedb nocreaterole noreplication password '${password}'`)
  await client.query(`alter role ${reader} set default_transaction_read_only = on`)
}

/** The shop's state is noted as the comment of its database, so that its tables hold nothing but the shop. Null: no (whole, current) shop. */
async function readNote(client: pg.Client): Promise<{ monday: string } | null> {
  const { rows } = await client.query<{ note: string | null }>(
    `select shobj_description(oid, 'pg_database') as note from pg_database where datname = $1`,
    [shopDatabase],
  )
  const [, noted, monday] = /^sample version (\d+) week (\d{4}-\d\d-\d\d)$/.exec(rows[0]?.note ?? '') ?? []
  return Number(noted) === version && monday ? { monday } : null
}

const writeNote = (monday: string): string => `comment on database ${shopDatabase} is 'sample version ${version} week ${monday}'`

async function makeShop(options: { client: pg.Client; embedded: EmbeddedDatabase; log: Log; now: Date }): Promise<void> {
  const started = performance.now()
  const calendar = calendarOf(options.now)
  await options.client.query(`drop database if exists ${shopDatabase} with (force)`)
  await options.client.query(`create database ${shopDatabase}`)
  await options.client.query(
    `revoke all on database ${shopDatabase} from public; grant connect on database ${shopDatabase} to ${reader}`,
  )
  await withClient(shopUrl(options.embedded), async (client) => {
    await writePostgres(client, makeSample(calendar))
    await client.query(grants)
  })
  await options.client.query(writeNote(dateAt(calendar.monday))) // last: a shop without note is made again
  options.log.info(`The sample shop was made in ${Math.round(performance.now() - started)} ms.`)
}

/** Select is all; large objects, which anybody may make by default, are closed too. */
const grants = `
  grant usage on schema public to ${reader};
  grant select on all tables in schema public to ${reader};
  do $$ declare f regprocedure; begin
    for f in select oid::regprocedure from pg_proc where pronamespace = 'pg_catalog'::regnamespace and proname ~ '^lo(_|write|read)' loop
      execute format('revoke execute on function %s from public', f);
    end loop;
  end $$;`

async function refreshShop(embedded: EmbeddedDatabase, now: Date): Promise<boolean> {
  const { monday, today } = calendarOf(now)
  return withClient(shopUrl(embedded), async (client) => {
    const note = await readNote(client)
    if (!note || note.monday >= dateAt(monday)) return false
    await client.query('begin')
    await shiftWeeks(client, { from: note.monday, to: dateAt(monday), today: new Date(today) })
    await client.query(writeNote(dateAt(monday)))
    await client.query('commit')
    return true
  })
}

/** The shop's database as its owner. */
const shopUrl = (embedded: EmbeddedDatabase): string => embedded.url.replace('/alimflow?', `/${shopDatabase}?`)
