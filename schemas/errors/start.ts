import type { ErrorRow } from '../error-row.ts'

/** What can stop the start of the product, a plugin or a run. */
export const startErrors = {
  'setting-invalid': {
    status: 500,
    en: '{name}={value} is not usable: {detail}',
    ko: '{name}={value} 설정을 쓸 수 없어요: {detail}',
  },
  'port-taken': {
    status: 500,
    en: 'Port {port} is taken by another program. Stop that program or start with PORT=<another port>.',
    ko: '{port}번 포트를 다른 프로그램이 쓰고 있어요. 그 프로그램을 끄거나 PORT=<다른 번호>로 시작해 주세요.',
  },
  'host-unusable': {
    status: 500,
    en: 'This machine has no address {host} to listen on. Set HOST to 127.0.0.1 (this machine only) or 0.0.0.0 (every address).',
    ko: '이 컴퓨터에는 {host} 주소가 없어요. HOST를 127.0.0.1(이 컴퓨터만) 또는 0.0.0.0(모든 주소)으로 정해 주세요.',
  },
  'folder-not-writable': {
    status: 500,
    en: 'The folder {folder} cannot be written: {detail}. Give this user the right to, or set ALIMFLOW_DATA_DIR to another folder.',
    ko: '{folder} 폴더에 쓸 수 없어요: {detail}. 권한을 주거나 ALIMFLOW_DATA_DIR로 다른 폴더를 정해 주세요.',
  },
  'database-unreachable': {
    status: 500,
    en: 'The database of DATABASE_URL ({host}) does not answer: {detail}',
    ko: 'DATABASE_URL의 데이터베이스({host})에 연결하지 못했어요: {detail}',
  },
  'database-newer': {
    status: 500,
    en: 'The database was migrated by a newer Alimflow ({found}). Start that version or use another database.',
    ko: '더 새로운 Alimflow({found})가 쓰던 데이터베이스예요. 그 버전으로 시작하거나 다른 데이터베이스를 쓰세요.',
  },
  'already-running': {
    status: 500,
    en: 'Another Alimflow (process {pid}) uses {folder} already. Use that one, or stop it first. Nothing was changed.',
    ko: '이미 다른 Alimflow(프로세스 {pid})가 {folder}를 쓰고 있어요. 그대로 쓰거나 먼저 끄세요. 바뀐 것은 없어요.',
  },
  'embedded-database-failed': {
    status: 500,
    en: 'The embedded PostgreSQL did not start: {detail}',
    ko: '내장 PostgreSQL이 시작하지 못했어요: {detail}',
  },
  'embedded-database-missing': {
    status: 500,
    en: 'There is no embedded PostgreSQL for {platform}. Set DATABASE_URL to a PostgreSQL 15 or newer.',
    ko: '{platform}용 내장 PostgreSQL이 없어요. DATABASE_URL에 PostgreSQL 15 이상을 정해 주세요.',
  },
  'secret-unreadable': {
    status: 500,
    en: 'A stored secret cannot be read: the secret key is not the one it was saved with. Put back the old ALIMFLOW_SECRET_KEY (or key file), or enter the secret again.',
    ko: '저장된 비밀값을 읽을 수 없어요. 저장할 때와 비밀 키가 달라요. 예전 ALIMFLOW_SECRET_KEY(또는 키 파일)를 되돌리거나 비밀값을 다시 입력해 주세요.',
  },
  'plugin-broken': {
    status: 422,
    en: 'The node file {file} cannot be used: {detail}',
    ko: '{file} 단계 파일을 쓸 수 없어요: {detail}',
  },
  'node-broken': {
    status: 500,
    en: 'The step "{node}" does not work: there is a mistake in its type "{type}". {detail}',
    ko: '‘{node}’ 단계가 제대로 동작하지 않아요. ‘{type}’ 단계를 만든 코드에 문제가 있어요. {detail}',
  },
  'node-unknown-output': {
    status: 500,
    en: 'The step "{node}" gave rows to a port "{port}" that its type "{type}" does not declare. Declare the port in its node file.',
    ko: '‘{node}’ 단계가 선언하지 않은 연결점 ‘{port}’(으)로 행을 내보냈어요. ‘{type}’ 단계 파일에 연결점을 선언해 주세요.',
  },
  'node-lost-rows': {
    status: 500,
    en: 'The step "{node}" took {in} rows and gave back {out}. Its type "{type}" must give back every row, or say "drops: true".',
    ko: '‘{node}’ 단계에 {in}행이 들어갔는데 {out}행이 나왔어요. ‘{type}’ 단계는 모든 행을 돌려주거나 "drops: true"라고 밝혀야 해요.',
  },
  'node-lost-recipient': {
    status: 500,
    en: 'The step "{node}" gave back a row without telling whose it is. Its type "{type}" must return the rows it got, or copies made with a spread.',
    ko: '‘{node}’ 단계가 누구의 것인지 알 수 없는 행을 내보냈어요. ‘{type}’ 단계는 받은 행이나 스프레드로 복사한 행을 돌려줘야 해요.',
  },
  'node-repeats-recipient': {
    status: 500,
    en: 'The step "{node}" gave back the row of one recipient more than once. Its type "{type}" must let a row out at one port only.',
    ko: '‘{node}’ 단계가 한 사람의 행을 두 번 이상 내보냈어요. ‘{type}’ 단계는 행을 한 연결점으로만 내보내야 해요.',
  },
} as const satisfies Record<string, ErrorRow>
