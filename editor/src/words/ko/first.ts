import { finder } from './finder.ts'
import { frame } from './frame.ts'
import { home } from './home.ts'
import { notices } from './notices.ts'
import { parts } from './parts.ts'
import { screens } from './screens.ts'
import { states } from './states.ts'

/** 첫 화면과 그 둘레에 쓰는 낱말. */
export const first = {
  finder,
  frame,
  home,
  notices,
  parts,
  screens,
  states,
}
