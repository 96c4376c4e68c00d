import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { AppError } from '#runtime/sdk/index.ts'
import { writeBackup } from '#server/backup/backup.ts'
import { openDatabase } from '#server/backup/open-database.ts'
import { readConfig, secretKeyOf } from '#server/config.ts'
import { terminalLanguage } from '#server/start/language.ts'
import type { Work } from '#server/start/process.ts'
import { productVersion } from '#server/start/start.ts'

/** Where the key is, which is not in the file. */
const said = {
  en: (file: string, rows: number, key: string) => `The backup is in ${file} (${rows} rows).

The secret key is NOT in it, and without it the backup cannot be restored: keep ALIMFLOW_SECRET_KEY (or the file
secret-key of the data folder) in another safe place. Fingerprint of the key that this backup needs: ${key}
`,
  ko: (file: string, rows: number, key: string) => `백업을 ${file}에 저장했어요 (${rows}행).

비밀 키는 이 파일에 들어 있지 않아요. 키가 없으면 되돌릴 수 없으니 ALIMFLOW_SECRET_KEY(또는 데이터 폴더의 secret-key 파일)를
다른 안전한 곳에 보관하세요. 이 백업에 필요한 키의 지문: ${key}
`,
}

/** `alimflow backup [file]`: everything in one file, also while the product runs. */
export async function backupCommand(
  file: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  work: Work,
): Promise<void> {
  const config = readConfig(env)
  const target = resolve(file ?? defaultName(new Date()))
  if (existsSync(target)) throw new AppError('backup-file-exists', { file: target })
  const url = await openDatabase(config, work)
  const secretKey = secretKeyOf(config)
  const { manifest, rows } = await writeBackup({ url, file: target, secretKey, version: productVersion(), log: work.log })
  process.stdout.write(said[terminalLanguage()](target, rows, manifest.keyFingerprint))
}

/** `alimflow-2026-11-26T03-00-00Z.backup` */
function defaultName(now: Date): string {
  return `alimflow-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z.backup`
}
