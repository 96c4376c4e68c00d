import type {
  ApproveInput,
  RepeatResult,
  ResendInput,
  ResendResult,
  ResolveInput,
  ResumeInput,
  RunResolveInput,
} from '#schemas/api/runs.ts'
import type { MessageDetail } from '#schemas/message.ts'
import type { Run } from '#schemas/run.ts'
import { api } from './client.ts'

const path = (id: string, verb: string) => `/api/runs/${encodeURIComponent(id)}/${verb}`

/** Stops sending; no new call later than two seconds after. */
export const pauseRun = (id: string) => api.post<Run>(path(id, 'pause'))

/** Goes on with what a pause held. */
export const resumeRun = (id: string, word: ResumeInput) => api.post<Run>(path(id, 'resume'), word)

/** Lets a run that waits for a person's word send; with `first` only to so many, then it waits once more. */
export const approveRun = (id: string, word: ApproveInput | void) => api.post<Run>(path(id, 'approve'), word ?? {})

/** Stops a run for good; what was sent stays sent. */
export const cancelRun = (id: string) => api.post<Run>(path(id, 'cancel'))

/** Makes the people of a run that is over unreadable for ever; its totals stay. */
export const eraseRun = (id: string) => api.delete<Run>(path(id, 'personal-data'))

/** Sends the same text again to those who did not get it; the same key never sends twice. */
export const resendRun = (id: string, input: ResendInput, idempotencyKey: string) =>
  api.post<ResendResult>(path(id, 'resend'), input, { idempotencyKey })

/** A new run of the same version; the same key never starts a second one. */
export const repeatRun = (id: string, idempotencyKey: string) =>
  api.post<RepeatResult>(path(id, 'repeat'), {}, { idempotencyKey })

/** Says what became of all messages of a run that could not be confirmed. */
export const resolveRun = (id: string, input: RunResolveInput) => api.post<ResendResult>(path(id, 'resolve'), input)

/** The same for one message. */
export const resolveMessage = (id: string, input: ResolveInput) =>
  api.post<MessageDetail>(`/api/messages/${encodeURIComponent(id)}/resolve`, input)
