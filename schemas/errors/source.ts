import type { ErrorRow } from '../error-row.ts'

/** Connections, statements and sources. */
export const sourceErrors = {
  'connection-missing': {
    status: 422,
    en: 'There is no connection "{connection}". Choose another one.',
    ko: '‘{connection}’ 연결이 없어요. 다른 연결을 골라 주세요.',
  },
  'connection-failed': {
    status: 422,
    retryable: true,
    en: 'The database at {host} does not answer: {detail}',
    ko: '{host} 데이터베이스에 연결하지 못했어요: {detail}',
  },
  'connection-denied': {
    status: 422,
    en: 'The database refused the account "{user}". Check name and password.',
    ko: '데이터베이스가 ‘{user}’ 계정을 받아 주지 않았어요. 이름과 비밀번호를 확인해 주세요.',
  },
  'connection-address': {
    status: 422,
    en: 'The address {host} is not allowed (ALIMFLOW_DATABASE_ALLOW, ALIMFLOW_DATABASE_DENY).',
    ko: '{host} 주소는 쓸 수 없어요(ALIMFLOW_DATABASE_ALLOW, ALIMFLOW_DATABASE_DENY).',
  },
  'connection-own-database': {
    status: 422,
    en: "This is Alimflow's own database. Connect the database of your data.",
    ko: 'Alimflow가 쓰는 데이터베이스예요. 데이터가 있는 데이터베이스를 연결해 주세요.',
  },
  'database-too-old': {
    status: 422,
    en: '{product} {version} is too old. Alimflow needs {needed} or newer.',
    ko: '{product} {version}은(는) 너무 오래됐어요. {needed} 이상이 필요해요.',
  },
  'http-status': {
    status: 422,
    en: 'The service answers {status}. {detail}',
    ko: '서비스가 {status}로 답했어요. {detail}',
  },
  'http-busy': {
    status: 422,
    retryable: true,
    en: 'The service answers {status}: it is too busy, or has a fault of its own. {detail}',
    ko: '서비스가 {status}로 답했어요. 바쁘거나 그쪽에 문제가 있어요. {detail}',
  },
  'http-not-json': {
    status: 422,
    en: 'The answer is no JSON. It begins with: {detail}',
    ko: '답이 JSON이 아니에요. 이렇게 시작해요: {detail}',
  },
  'http-wrong-place': {
    status: 422,
    en: 'There is no list at "{pointer}". There is: {found}',
    ko: '‘{pointer}’ 자리에 목록이 없어요. 있는 것: {found}',
  },
  'http-value-unfit': {
    status: 422,
    en: 'Item {item}: "{column}" is to be {type}, and is {found}. Choose another kind for the column.',
    ko: '{item}번째 항목의 ‘{column}’ 값이 {type} 종류가 아니에요({found}). 열의 종류를 바꿔 주세요.',
  },
  'http-too-much': {
    status: 422,
    en: 'The service gives more than {limit}. Raise the limit of the step, or ask for less.',
    ko: '서비스가 {limit}보다 많이 보내요. 단계의 한도를 늘리거나 더 적게 요청해 주세요.',
  },
  'http-turns-in-circles': {
    status: 422,
    en: 'The service gives the same page again and again. Look at how pages are turned.',
    ko: '서비스가 같은 쪽을 되풀이해서 보내요. 쪽을 넘기는 방법을 확인해 주세요.',
  },
  'http-elsewhere': {
    status: 422,
    en: '{url} is not below the address of the connection, and its key goes nowhere else.',
    ko: '{url}은(는) 연결의 주소 아래에 있지 않아요. 연결의 키는 다른 곳으로 보내지 않아요.',
  },
  'http-get-only': {
    status: 422,
    en: 'Only GET is asked before a run; this step asks with {method}. Say which columns it gives, and start a run.',
    ko: '실행 전에는 GET만 불러요. 이 단계는 {method}를 써요. 열을 직접 적고 실행해 주세요.',
  },
  'sql-empty': { status: 422, en: 'Write a query first.', ko: '조회문을 써 주세요.' },
  'sql-error': {
    status: 422,
    en: 'The database does not understand the query: {detail}',
    ko: '데이터베이스가 조회문을 이해하지 못했어요: {detail}',
  },
  'sql-unknown-column': {
    status: 422,
    en: 'There is no column "{column}" in the tables of the query.',
    ko: '조회하는 표에 ‘{column}’ 열이 없어요.',
  },
  'sql-column-like': {
    status: 422,
    en: 'There is no column "{column}" in the tables of the query. "{similar}" looks like it.',
    ko: '조회하는 표에 ‘{column}’ 열이 없어요. ‘{similar}’ 열이 비슷해요.',
  },
  'sql-unknown-table': {
    status: 422,
    en: 'There is no table "{table}" in the database, or the account may not read it.',
    ko: '데이터베이스에 ‘{table}’ 표가 없거나, 이 계정으로 읽을 수 없어요.',
  },
  'sql-table-like': {
    status: 422,
    en: 'There is no table "{table}" in the database. "{similar}" looks like it.',
    ko: '데이터베이스에 ‘{table}’ 표가 없어요. ‘{similar}’ 표가 비슷해요.',
  },
  'sql-not-a-query': {
    status: 422,
    en: 'Only a query (SELECT) may be used here; {found} would change something.',
    ko: '조회(SELECT)만 쓸 수 있어요. {found}은(는) 데이터를 바꿔요.',
  },
  'sql-several-statements': {
    status: 422,
    en: 'Write one statement only; there are {count}.',
    ko: '문장은 하나만 쓸 수 있어요. 지금은 {count}개예요.',
  },
  'sql-forbidden': {
    status: 422,
    en: '{found} is not allowed in a query here.',
    ko: '{found}은(는) 여기서 쓸 수 없어요.',
  },
  'sql-too-long': {
    status: 422,
    en: 'The query has {characters} characters; {most} are allowed.',
    ko: '조회문이 {characters}자예요. {most}자까지 쓸 수 있어요.',
  },
  'sql-too-deep': {
    status: 422,
    en: 'The query is nested too deeply.',
    ko: '조회문이 너무 깊이 겹쳐 있어요.',
  },
  'sql-parameter-missing': {
    status: 422,
    en: 'The parameter :{name} has no value.',
    ko: ':{name} 값이 없어요.',
  },
  'sql-parameter-unfit': {
    status: 422,
    en: 'The value of :{name} cannot be read as {type}.',
    ko: ':{name} 값을 {type} 형식으로 읽을 수 없어요.',
  },
  'sql-timeout': {
    status: 422,
    en: 'The query took longer than {seconds} s and was stopped.',
    ko: '조회가 {seconds}초를 넘겨서 멈췄어요.',
  },
  'result-too-long': {
    status: 422,
    en: 'The query gives more than {rows} rows at once. Group them, or add a WHERE or LIMIT.',
    ko: '조회 결과가 한 번에 {rows}행을 넘어요. 묶어서 집계하거나 WHERE나 LIMIT로 줄여 주세요.',
  },
  'result-too-large': {
    status: 422,
    en: 'The query gave more than {megabytes} MB within {rows} rows. Leave out the columns with long texts or files, or ask for fewer rows.',
    ko: '조회 결과가 {rows}행 만에 {megabytes}MB를 넘었어요. 긴 글이나 파일이 든 열을 빼거나 행 수를 줄여 주세요.',
  },
  'source-broken': {
    status: 422,
    retryable: true,
    en: 'The connection broke after {rows} rows, before the end of the result. Nothing was sent.',
    ko: '{rows}행까지 읽다가 연결이 끊겼어요. 아무에게도 보내지 않았어요.',
  },
  'source-silent': {
    status: 422,
    retryable: true,
    en: 'The database sent nothing for {seconds} s after {rows} rows, and the connection was given up. Nothing was sent. See whether the database and the network to it are well, then run again.',
    ko: '{rows}행까지 읽은 뒤 {seconds}초 동안 데이터베이스가 아무것도 보내지 않아 연결을 끊었어요. 아무에게도 보내지 않았어요. 데이터베이스와 네트워크를 확인하고 다시 실행해 주세요.',
  },
  'source-renamed': {
    status: 422,
    en: 'The column "{column}" of "{step}" is gone since it was published, and "{similar}" looks like it. Nothing was sent. Open the workflow, choose the column and publish again.',
    ko: '게시한 뒤 ‘{step}’의 ‘{column}’ 열이 없어졌어요. ‘{similar}’ 열이 비슷해요. 아무에게도 보내지 않았어요. 워크플로를 열어 열을 바꾸고 다시 게시해 주세요.',
  },
  'source-changed': {
    status: 422,
    en: 'The query returns other columns than when it was published: {detail}. Open the workflow, check it and publish again.',
    ko: '게시할 때와 조회 결과의 열이 달라졌어요: {detail}. 워크플로를 열어 확인하고 다시 게시해 주세요.',
  },
} as const satisfies Record<string, ErrorRow>
