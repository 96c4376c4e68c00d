import { AppError } from '#runtime/sdk/index.ts'

/** What is wrong with one field of a request. `message` is in English where no better words are known. */
export interface FieldFault {
  readonly path: string
  readonly code: string
  readonly message: string
}

/** Understood, but some fields are wrong: `invalid-fields` with the list of them. */
export class InvalidFields extends AppError<'invalid-fields'> {
  readonly faults: readonly FieldFault[]

  constructor(faults: readonly FieldFault[]) {
    super('invalid-fields', {})
    this.name = 'InvalidFields'
    this.faults = faults
  }
}
