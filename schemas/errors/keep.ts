import type { ErrorRow } from '../error-row.ts'

/** Backup and restore, erasing of personal data. */
export const keepErrors = {
  'backup-unreadable': {
    status: 422,
    en: '{file} is no whole Alimflow backup: {detail}. Nothing was changed. Use another copy of it.',
    ko: '{file} 파일은 온전한 Alimflow 백업이 아니에요: {detail}. 바뀐 것은 없어요. 다른 사본을 써 주세요.',
  },
  'backup-not-empty': {
    status: 409,
    en: 'The database is not empty ({detail}). A backup is restored into an empty database only: set DATABASE_URL or ALIMFLOW_DATA_DIR to a new one. Nothing was changed.',
    ko: '데이터베이스가 비어 있지 않아요({detail}). 백업은 빈 데이터베이스에만 되돌릴 수 있어요. DATABASE_URL이나 ALIMFLOW_DATA_DIR을 새 곳으로 정해 주세요. 바뀐 것은 없어요.',
  },
  'backup-other-key': {
    status: 409,
    en: 'This backup was made with another secret key (its fingerprint is {needed}, the one in use has {found}). Set ALIMFLOW_SECRET_KEY to the key of that time, or put its key file into the data folder. Nothing was changed.',
    ko: '이 백업은 다른 비밀 키로 만들었어요(백업의 키 지문 {needed}, 지금 키 지문 {found}). 그때의 키를 ALIMFLOW_SECRET_KEY로 정하거나 키 파일을 데이터 폴더에 넣어 주세요. 바뀐 것은 없어요.',
  },
  'backup-newer': {
    status: 409,
    en: 'This backup was made by a newer Alimflow ({version}, with {found}). Restore it with that version. Nothing was changed.',
    ko: '더 새로운 Alimflow({version}, {found})로 만든 백업이에요. 그 버전으로 되돌려 주세요. 바뀐 것은 없어요.',
  },
  'backup-file-exists': {
    status: 409,
    en: '{file} exists already. Name another file, or move that one away.',
    ko: '{file} 파일이 이미 있어요. 다른 이름을 쓰거나 그 파일을 옮겨 주세요.',
  },
  'run-restored': {
    status: 409,
    en: 'The database was restored from a backup of {at}. Whoever still waited for a message at that time may have got it since; this is not known here, so if you resume they get it again. The safe choice is to cancel this run. Resume only after you have looked in your provider’s lists and seen that it sent nothing of this run after {at}.',
    ko: '{at}의 백업에서 되돌린 데이터베이스예요. 그때 아직 기다리던 사람도 그 뒤에 메시지를 받았을 수 있지만 여기에서는 알 수 없어요. 이어서 보내면 같은 메시지를 두 번 받을 수 있어요. 취소하는 것이 안전해요. 발송사 목록에서 {at} 뒤에 이 실행으로 나간 메시지가 없는지 확인한 다음에만 이어서 보내 주세요.',
  },
  'run-restored-unconfirmed': {
    status: 409,
    en: 'This run came out of a backup of {at}: what it sent after that would be sent again. Cancel it. Or look in your provider’s lists, and if nothing of it went out after {at}, resume it with "confirm": true.',
    ko: '{at}의 백업에서 되돌린 실행이라, 그 뒤에 나간 메시지를 다시 보낼 수 있어요. 취소하거나, 발송사 목록에서 {at} 뒤에 나간 것이 없는지 확인한 다음 "confirm": true로 이어서 보내 주세요.',
  },
  'run-restored-unread': {
    status: 409,
    en: 'The database was restored from a backup of {at}, when the audience of this run was not complete. Nothing was sent by it here. Start it anew if it was not sent since.',
    ko: '{at}의 백업에서 되돌린 데이터베이스예요. 그때는 이 실행의 대상을 아직 읽는 중이었고 여기에서는 아무것도 보내지 않았어요. 그 뒤로 보내지 않았다면 새로 실행해 주세요.',
  },
  'run-people-needed': {
    status: 409,
    en: 'This run is not over: its people are still needed. Cancel it or wait for its end, then delete its personal data.',
    ko: '아직 끝나지 않은 실행이라 개인정보를 지울 수 없어요. 취소하거나 끝난 뒤에 지워 주세요.',
  },
  'address-not-usable': {
    status: 422,
    en: '{address} is no phone number, e-mail address or device token.',
    ko: '{address}은(는) 전화번호, 이메일 주소, 기기 토큰이 아니에요.',
  },
} as const satisfies Record<string, ErrorRow>
