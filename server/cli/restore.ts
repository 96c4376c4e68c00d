import { resolve } from 'node:path'
import { AppError } from '#runtime/sdk/index.ts'
import { openDatabase } from '#server/backup/open-database.ts'
import { restoreBackup, type Restored } from '#server/backup/restore.ts'
import { readConfig, secretKeyOf } from '#server/config.ts'
import { terminalLanguage } from '#server/start/language.ts'
import type { Work } from '#server/start/process.ts'

const said = {
  en: ({ manifest, rows, paused, failed }: Restored) => `The backup of ${manifest.at} is restored (${rows} rows).
Runs that were open: ${paused} paused, ${failed} ended because their audience was not complete. What was sent after
that time is not known here, and would be sent again: cancel a paused run, or resume it only after you have seen in your
provider's lists that nothing of it went out since. Schedules go on from now.
`,
  ko: ({ manifest, rows, paused, failed }: Restored) => `${manifest.at}의 백업을 되돌렸어요 (${rows}행).
열려 있던 실행: ${paused}개는 멈췄고, 대상을 다 읽지 못한 ${failed}개는 끝냈어요. 그 시각 뒤에 보낸 것은 여기에서 알 수 없어서
이어서 보내면 두 번 나갈 수 있어요. 멈춘 실행은 취소하거나, 발송사 목록에서 그 뒤에 나간 것이 없는지 확인한 다음에만 이어서 보내 주세요. 예약은 지금부터 다시 이어져요.
`,
}

/** `alimflow restore <file>`: fills an empty database. */
export async function restoreCommand(
  file: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  work: Work,
): Promise<void> {
  if (file === undefined)
    throw new AppError('backup-unreadable', { file: '-', detail: 'no file was named: alimflow restore <file>' })
  const config = readConfig(env)
  const url = await openDatabase(config, work)
  const secretKey = secretKeyOf(config)
  const restored = await restoreBackup({ url, file: resolve(file), secretKey, log: work.log })
  process.stdout.write(said[terminalLanguage()](restored))
}
