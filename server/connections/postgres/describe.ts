import type { ClientBase, Connection, FieldDef, Submittable } from 'pg'

export interface Described {
  readonly fields: readonly FieldDef[]
  /** Type oids of `$1`, `$2` …, as the server inferred them. */
  readonly parameters: readonly number[]
}

/** The events of the wire protocol that pg's connection emits; its types leave them out. */
interface Wire {
  once(event: 'parameterDescription', listener: (message: { dataTypeIDs: number[] }) => void): unknown
  sync(): void
  parse(query: { name: string; text: string; types: number[] }, more: boolean): void
  describe(message: { type: 'S'; name: string }, more: boolean): void
}

/**
 * Asks PostgreSQL for the shape of a statement: Parse and Describe of the extended protocol, without Bind or Execute, so that nothing is run
 * and no row is fetched (protocol documentation, "Extended Query").
 */
class Describe implements Submittable {
  readonly done: Promise<Described>
  readonly #text: string
  #resolve: (described: Described) => void = () => undefined
  #reject: (error: Error) => void = () => undefined
  #fields: readonly FieldDef[] = []
  #parameters: readonly number[] = []
  #failed = false

  constructor(text: string) {
    this.#text = text
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  submit(connection: Connection): void {
    // pg hands its own connection over, which has these.
    const wire = connection as unknown as Wire
    wire.once('parameterDescription', (message) => {
      this.#parameters = message.dataTypeIDs
    })
    wire.parse({ name: '', text: this.#text, types: [] }, true)
    wire.describe({ type: 'S', name: '' }, true)
    wire.sync()
  }

  handleRowDescription(message: { fields: FieldDef[] }): void {
    this.#fields = message.fields
  }

  handleError(error: Error): void {
    this.#failed = true
    this.#reject(error)
  }

  handleReadyForQuery(): void {
    if (!this.#failed) this.#resolve({ fields: this.#fields, parameters: this.#parameters })
  }

  handleCommandComplete(): void {}
  handleDataRow(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}
}

/** @throws pg's DatabaseError where the statement does not fit the database */
export function describeStatement(client: ClientBase, text: string): Promise<Described> {
  return client.query(new Describe(text)).done
}
