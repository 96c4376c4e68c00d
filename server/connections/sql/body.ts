import type { Dialect } from '#runtime/sdk/index.ts'
import { dangerousMysql, dangerousPostgres } from './dangerous.ts'
import { calledIn, isSign, relationsIn, tokensOf, wordOf } from './tokens.ts'
import { NO_USES, type Uses } from './uses.ts'

// Statements by which the body of a function has an effect. A read-only transaction stops most; not all of them everywhere.
const COMMON =
  'INSERT|UPDATE|DELETE|MERGE|REPLACE|TRUNCATE|CREATE|ALTER|DROP|GRANT|REVOKE|CALL|EXECUTE|PREPARE|LOCK|UNLOCK|LOAD|COMMIT|ROLLBACK'
const EFFECTS = {
  postgres: new RegExp(`^(${COMMON}|COPY|NOTIFY|LISTEN|UNLISTEN|SET|RESET|DISCARD|REFRESH|VACUUM|ANALYZE|REINDEX|CLUSTER)$`),
  mysql: new RegExp(`^(${COMMON}|RENAME|FLUSH|KILL|HANDLER|RESET|PURGE|INSTALL|UNINSTALL|XA|OUTFILE|DUMPFILE)$`),
}

// Words that are also functions; EXECUTE(…) and PREPARE(…) are statements with a bracket behind them.
const OWN_MYSQL = /^(REPLACE|INSERT|TRUNCATE)$/
const OWN_POSTGRES = /^REPLACE$/

/** What is wrong in the body of a function that somebody wrote in SQL, by its words, and what it reaches for in its turn. */
export function judgeBody(body: string, dialect: Dialect): { found: string | null; uses: Uses } {
  const tokens = tokensOf(body, dialect)
  const postgres = dialect === 'postgres'
  const effects = postgres ? EFFECTS.postgres : EFFECTS.mysql
  const functions = calledIn(tokens, dialect)
  const at = tokens.findIndex((token, i) => {
    const word = wordOf(token)
    if (effects.test(word)) return !(isSign(tokens[i + 1], '(') && (postgres ? OWN_POSTGRES : OWN_MYSQL).test(word))
    const next = wordOf(tokens[i + 1])
    return !postgres && word === 'SET' && (/^(GLOBAL|PERSIST|PERSIST_ONLY)$/.test(next) || setsServer(tokens.slice(i + 1, i + 4)))
  })
  const called = functions.find(({ name }) => (postgres ? dangerousPostgres(name) : dangerousMysql(name)))
  const found = at >= 0 ? wordOf(tokens[at]) : called ? `${called.name}()` : null
  return { found, uses: { ...NO_USES, functions, relations: relationsIn(tokens) } }
}

/** `@@global.x`, `@@persist.x` */
const setsServer = (tokens: ReturnType<typeof tokensOf>): boolean =>
  isSign(tokens[0], '@') && isSign(tokens[1], '@') && /^(GLOBAL|PERSIST|PERSIST_ONLY)$/.test(wordOf(tokens[2]))
