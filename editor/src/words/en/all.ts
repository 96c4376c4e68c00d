import type { Words } from '../ko/all.ts'
import { first } from './first.ts'
import { pages } from './pages.ts'
import { rest } from './rest.ts'

/** All English words; the same shape as the Korean ones. */
export const words: Words = { ...first, ...rest, ...pages }
