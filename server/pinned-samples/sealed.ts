import { hash } from 'node:crypto'
import type { SampledSource } from '#runtime/preview/samples.ts'
import { AppError, type Row } from '#runtime/sdk/index.ts'
import type { Box } from '#server/secrets/box.ts'

/** A sample's place: binds the bytes to their source, so that they open nowhere else. */
export interface SamplePlace {
  readonly workspaceId: string
  readonly workflowId: string
  readonly nodeId: string
}

/** A row as a browser carries it from the preview that shows it to the wish to pin it. */
interface Carried {
  /** When it was read. */
  readonly at: string
  readonly meaning: string
  readonly row: Row
}

const aad = (what: 'row' | 'rows', { workspaceId, workflowId, nodeId }: SamplePlace): string =>
  `sample-${what}:${workspaceId}:${workflowId}:${nodeId}`

/** The same while a source is asked the same and gives the same columns. */
export function meaningOfSource({ node, columns }: SampledSource): string {
  const names = columns.map(({ name, type }) => [name, type])
  return hash('sha256', JSON.stringify([node.type.type, sorted(node.config), names]))
}

/** Keys in one order, whoever wrote them. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)])
}

export function carry(box: Box, place: SamplePlace, carried: Carried): string {
  return box.seal(JSON.stringify(carried), aad('row', place)).toString('base64url')
}

/** What `carry` made here. @throws AppError `sample-outdated` for anything else */
export function readCarried(box: Box, place: SamplePlace, text: string): Carried {
  try {
    // Our own JSON; the tag of the encryption proves that nobody changed it.
    return JSON.parse(box.open(Buffer.from(text, 'base64url'), aad('row', place)).toString()) as Carried
  } catch (error) {
    throw new AppError('sample-outdated', {}, { cause: error })
  }
}

export function sealRows(box: Box, place: SamplePlace, rows: readonly Row[]): Buffer {
  return box.seal(JSON.stringify(rows), aad('rows', place))
}

/** @throws AppError `secret-unreadable` for changed bytes or another place */
export function openRows(box: Box, place: SamplePlace, bytes: Uint8Array): Row[] {
  // As above: authenticated bytes of our own.
  return JSON.parse(box.open(bytes, aad('rows', place)).toString()) as Row[]
}
