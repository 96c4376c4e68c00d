import { messageStateNames } from '#schemas/state-names.ts'

/** 실행과 메시지의 상태를 부르는 말. */
export const states = {
  run: {
    queued: '차례 기다림',
    preparing: '준비 중',
    waiting: '기다리는 중',
    sending: '보내는 중',
    paused: '멈춤',
    settling: '결과 대기',
    completed: '다 보냄',
    failed: '실패',
    cancelled: '취소됨',
  },
  open: '열려 있음',
  message: messageStateNames('ko'),
}
