import type { Migration } from '../migration.ts'
import { base } from './0001-base.ts'
import { requestKeys } from './0002-request-keys.ts'

/** Every step of the schema, oldest first. Add at the end; never change, rename or remove what was released. */
export const migrations: readonly Migration[] = [base, requestKeys]
