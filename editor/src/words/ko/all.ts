import { first } from './first.ts'
import { pages } from './pages.ts'
import { rest } from './rest.ts'

/** 한국어 낱말 전부. 영어(en/all.ts)는 같은 모양이어야 컴파일돼요. */
export const words = { ...first, ...rest, ...pages }
export type Words = typeof words
