/** An inner call was refused: what it said is the answer. */
export class SeedRefusal extends Error {
  readonly status: number
  readonly payload: string

  constructor(status: number, payload: string) {
    super(payload)
    this.name = 'SeedRefusal'
    this.status = status
    this.payload = payload
  }
}
