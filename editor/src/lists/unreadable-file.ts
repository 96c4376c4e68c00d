/** Why a file cannot be read as a list; the words of each are the screen's. */
export type UnreadableReason = 'broken' | 'old-or-locked' | 'too-large' | 'no-sheet' | 'not-a-list' | 'web-page'

/** A file that a person chose and that cannot be read. */
export class UnreadableFile extends Error {
  readonly reason: UnreadableReason

  constructor(reason: UnreadableReason, cause?: unknown) {
    super(`The file cannot be read: ${reason}`, { cause })
    this.reason = reason
  }
}
