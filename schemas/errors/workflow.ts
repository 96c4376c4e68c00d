import type { ErrorRow } from '../error-row.ts'

/** Saving, publishing and starting workflows. */
export const workflowErrors = {
  'invalid-workflow': {
    status: 422,
    en: 'This is not a workflow document: {detail}',
    ko: '워크플로 문서가 아니에요: {detail}',
  },
  'not-three-step': {
    status: 422,
    en: 'This is no three-step workflow: it has neither target_config nor message_config nor mapping_config.',
    ko: '3단계 워크플로가 아니에요. target_config, message_config, mapping_config가 모두 없어요.',
  },
  'has-problems': {
    status: 422,
    en: 'The workflow has {count} problem(s). Mend them first.',
    ko: '고칠 것이 {count}개 있어요. 먼저 고쳐 주세요.',
  },
  'not-published': {
    status: 409,
    en: 'This workflow was never published. Publish it first.',
    ko: '아직 게시하지 않은 워크플로예요. 먼저 게시해 주세요.',
  },
  'nothing-to-run': { status: 409, en: 'There is no version {version} of this workflow.', ko: '{version} 버전이 없어요.' },
  'idempotency-key-reused': {
    status: 422,
    en: 'This Idempotency-Key came with another request before. Take a new key for each new wish.',
    ko: '이 Idempotency-Key는 다른 요청에 이미 쓰였어요. 새 요청에는 새 키를 써 주세요.',
  },
  'workflow-in-use': {
    status: 409,
    en: 'A run of this workflow is still going on. Cancel it or wait until it ends.',
    ko: '아직 실행 중이에요. 취소하거나 끝난 뒤에 지워 주세요.',
  },
  'workflow-is-part': {
    status: 409,
    en: 'This workflow is used inside: {workflows}. Take it out there first.',
    ko: '이 워크플로를 넣어 쓰는 워크플로가 있어요: {workflows}. 거기서 먼저 빼 주세요.',
  },
  'part-cannot-run': {
    status: 409,
    en: 'People come into this workflow from another one, so it does not run by itself. Publish it, and use it inside another workflow.',
    ko: '다른 워크플로에서 사람이 들어오는 워크플로라서 혼자서는 실행하지 않아요. 게시한 뒤 다른 워크플로에 넣어 주세요.',
  },
  'run-over': { status: 409, en: 'This run is over already.', ko: '이미 끝난 실행이에요.' },
  'run-stood-still': {
    status: 409,
    en: 'Nothing worked on this run since {since}. Is it still to be sent? Continue it, or cancel it.',
    ko: '{since}부터 이 실행이 멈춰 있었어요. 지금 보내도 될까요? 이어서 보내거나 취소해 주세요.',
  },
  'run-came-too-late': {
    status: 409,
    en: 'Nothing worked on this run since {since}, and nothing was sent. Start it again if it is still wanted.',
    ko: '{since}부터 이 실행이 멈춰 있었고, 아무것도 보내지 않았어요. 아직 필요하면 다시 실행해 주세요.',
  },
  'no-worker-for-run': {
    status: 503,
    en: 'No worker has the node types that this run needs: {types}. Start a worker with the same version and plugin folder; the run then goes on by itself.',
    ko: '이 실행에 필요한 단계 종류를 가진 작업 프로세스가 없어요: {types}. 같은 버전과 플러그인 폴더로 작업 프로세스를 시작하면 이어서 보내요.',
  },
  'connection-in-use': {
    status: 409,
    en: 'This connection is used by: {workflows}. Change those first.',
    ko: '이 연결을 쓰는 워크플로가 있어요: {workflows}. 먼저 바꿔 주세요.',
  },
  'built-in-connection': {
    status: 409,
    en: 'The connection "{name}" belongs to Alimflow and cannot be changed or deleted.',
    ko: '‘{name}’ 연결은 기본으로 들어 있어서 바꾸거나 지울 수 없어요.',
  },
  'sample-outdated': {
    status: 409,
    en: 'These rows were read too long ago, or the source has changed since. Look at its rows again, then pin them.',
    ko: '조회한 지 오래됐거나 그사이 소스가 바뀐 행이에요. 다시 조회한 뒤 고정해 주세요.',
  },
} as const satisfies Record<string, ErrorRow>
