/** First key of the advisory lock that says that a worker is alive; the second is its number. */
export const ALIVE_LOCK = 7001

/**
 * SQL: the numbers of the workers that live, as `int[]`. A cluster may hold several installations, each with a worker 1: only locks of
 * this database count.
 */
export const LIVING = `array(select l.objid::int from pg_locks l where l.locktype = 'advisory' and l.classid = ${ALIVE_LOCK} and l.granted
  and l.database = (select d.oid from pg_database d where d.datname = current_database()))`
