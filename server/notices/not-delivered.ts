import type { AppError } from '#runtime/sdk/index.ts'

/**
 * A message did not get out. `again`: trying again may help and repeats nothing (or what the receiver recognises); `final`: only a person can
 * mend it; `unknown`: it may have arrived, so it is not sent again.
 */
export class NotDelivered extends Error {
  readonly outcome: 'again' | 'final' | 'unknown'
  readonly error: AppError

  constructor(outcome: 'again' | 'final' | 'unknown', error: AppError) {
    super(error.message)
    this.outcome = outcome
    this.error = error
  }
}
