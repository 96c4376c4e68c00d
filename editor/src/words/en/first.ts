import { finder } from './finder.ts'
import { frame } from './frame.ts'
import { home } from './home.ts'
import { notices } from './notices.ts'
import { parts } from './parts.ts'
import { screens } from './screens.ts'
import { states } from './states.ts'

/** Words of the first page and of what is around it. */
export const first = {
  finder,
  frame,
  home,
  notices,
  parts,
  screens,
  states,
}
