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
} as const satisfies Record<string, ErrorRow>
